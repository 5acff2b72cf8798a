package dev.gradus.cli.data;

import dev.gradus.UserException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * Which file belongs to which class of which part, told from paths such as {@code
 * train/cat/0001.jpg} or {@code cat/0001.jpg}. Folders above that all files share are skipped.
 */
final class ImageTree {
  private static final Pattern IMAGE = Pattern.compile(".*\\.(jpe?g|png)");
  private static final Pattern HIDDEN = Pattern.compile("(.*/)?(\\.[^/]*|__MACOSX)(/.*)?");

  private final Path source;
  private final List<String> shared;
  private final boolean hasParts;
  private final Map<Part, SortedMap<String, List<String>>> files = new EnumMap<>(Part.class);
  private final int ignored;

  ImageTree(Path source, Archive archive) {
    this.source = source;
    var images = archive.files().stream().filter(ImageTree::isImage).toList();
    this.ignored = archive.files().size() - images.size();
    if (images.isEmpty()) {
      throw new UserException("'" + source + "' holds no file that ends in .jpg, .jpeg or .png.");
    }
    var paths = images.stream().map(ImageTree::steps).toList();
    this.shared = shared(paths);
    this.hasParts =
        paths.stream().allMatch(path -> part(path).isPresent() && path.size() > shared.size() + 1);
    archive.folders().stream().filter(ImageTree::isVisible).forEach(this::addFolder);
    images.forEach(this::addImage);
    requireFilled();
  }

  static boolean isImage(String path) {
    return isVisible(path) && IMAGE.matcher(path.toLowerCase(Locale.ROOT)).matches();
  }

  private static boolean isVisible(String path) {
    return !HIDDEN.matcher(path).matches();
  }

  private static List<String> steps(String path) {
    return List.of(path.split("/"));
  }

  /** The leading folders of every path, as long as a class folder and a file remain below. */
  private static List<String> shared(List<List<String>> paths) {
    var first = paths.getFirst();
    int depth = 0;
    while (isShared(paths, first, depth)) {
      depth++;
    }
    return first.subList(0, depth);
  }

  private static boolean isShared(List<List<String>> paths, List<String> first, int depth) {
    return depth < first.size()
        && Part.ofFolder(first.get(depth)).isEmpty()
        && paths.stream()
            .allMatch(p -> p.size() > depth + 2 && p.get(depth).equals(first.get(depth)));
  }

  private Optional<Part> part(List<String> path) {
    return path.size() > shared.size() ? Part.ofFolder(path.get(shared.size())) : Optional.empty();
  }

  private void addFolder(String folder) {
    var path = steps(folder);
    boolean inside =
        path.size() == classDepth() + 1 && path.subList(0, shared.size()).equals(shared);
    if (inside && (!hasParts || part(path).isPresent())) {
      ofClass(path);
    }
  }

  private void addImage(String image) {
    var path = steps(image);
    if (path.size() < classDepth() + 2) {
      throw new UserException(
          "In '%s' the image '%s' lies in no class folder; expected is %s."
              .formatted(source, image, hasParts ? "train/CLASS/IMAGE" : "CLASS/IMAGE"));
    }
    ofClass(path).add(image);
  }

  private int classDepth() {
    return shared.size() + (hasParts ? 1 : 0);
  }

  private List<String> ofClass(List<String> path) {
    var part = hasParts ? part(path).orElseThrow() : Part.TRAIN;
    return files
        .computeIfAbsent(part, absent -> new TreeMap<>())
        .computeIfAbsent(path.get(classDepth()), absent -> new ArrayList<>());
  }

  private void requireFilled() {
    var classes = classes();
    for (var part : files.entrySet()) {
      part.getValue().forEach((name, images) -> requireFilled(part.getKey(), name, images));
      part.getValue().keySet().stream()
          .filter(name -> !classes.contains(name))
          .findFirst()
          .ifPresent(name -> refuseUnknownClass(part.getKey(), name));
    }
  }

  private void requireFilled(Part part, String name, List<String> images) {
    if (images.isEmpty()) {
      throw new UserException(
          "In '%s' the class '%s' of the %s part holds no image."
              .formatted(source, name, part.words()));
    }
  }

  private void refuseUnknownClass(Part part, String name) {
    throw new UserException(
        "In '%s' the %s part has the class '%s', which the train part lacks."
            .formatted(source, part.words(), name));
  }

  /** The names of the classes of the train part, sorted. */
  List<String> classes() {
    return List.copyOf(files.getOrDefault(Part.TRAIN, new TreeMap<>()).keySet());
  }

  /** The parts that are there. */
  List<Part> parts() {
    return List.copyOf(files.keySet());
  }

  /** The images of one part, class by class. */
  List<String> images(Part part) {
    return files.getOrDefault(part, new TreeMap<>()).values().stream()
        .flatMap(List::stream)
        .toList();
  }

  /** The class numbers of {@link #images}. */
  int[] labels(Part part) {
    var classes = classes();
    return files.getOrDefault(part, new TreeMap<>()).entrySet().stream()
        .flatMapToInt(entry -> repeat(classes.indexOf(entry.getKey()), entry.getValue().size()))
        .toArray();
  }

  private static IntStream repeat(int label, int times) {
    return IntStream.generate(() -> label).limit(times);
  }

  /** How many files are no images by their names. */
  int ignored() {
    return ignored;
  }
}

package dev.gradus.cli.data;

import dev.gradus.UserException;
import dev.gradus.djl.data.DataDescription;
import dev.gradus.djl.data.DataSet;
import dev.gradus.djl.data.Examples;
import dev.gradus.djl.data.Task;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.BitSet;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** A folder with image and label files in MNIST's format, under MNIST's names. */
final class IdxFolder implements DataReader {
  private static final int WHITE = 255;
  private static final Map<Part, String> PREFIXES = Map.of(Part.TRAIN, "train", Part.TEST, "t10k");

  @Override
  public DataSet read(String name, String argument, DataOptions options) throws IOException {
    return read(name, options.places().locate(argument), List.of(), options);
  }

  /** Reads with the given class names, or with numbers when there are none. */
  DataSet read(String name, Path folder, List<String> classes, DataOptions options)
      throws IOException {
    var parts = new EnumMap<Part, Labelled>(Part.class);
    parts.put(Part.TRAIN, read(folder, Part.TRAIN));
    if (find(folder, Part.TEST, "images-idx3").isPresent()) {
      parts.put(Part.TEST, read(folder, Part.TEST));
    }
    var names =
        classes.isEmpty()
            ? numbers(folder, labelled(parts, Part.TRAIN).labels(), options.classes())
            : classes;
    parts.forEach((part, labelled) -> requireLabels(folder, part, labelled, names));
    requireSameSize(folder, parts);
    var origin = "images and labels in MNIST's format from " + folder;
    return Classified.of(name, origin, names, parts, options.split()).dataSet(options);
  }

  /** Reads the training part as examples of other data, whose images and classes it must have. */
  static Examples further(Path folder, DataDescription description) throws IOException {
    var labelled = read(folder, Part.TRAIN);
    if (!(description.task() instanceof Task.Classification(var classes, _))
        || !labelled.examples().inputShape().equals(description.inputShape())) {
      throw new UserException(
          "The images in '%s' have the shape %s, but those of the data %s."
              .formatted(folder, labelled.examples().inputShape(), description.inputShape()));
    }
    requireLabels(folder, Part.TRAIN, labelled, classes);
    return description.normalisation().over(labelled.examples());
  }

  private static Labelled read(Path folder, Part part) throws IOException {
    var imageFile = require(folder, part, "images-idx3");
    var labelFile = require(folder, part, "labels-idx1");
    var images = Idx.read(imageFile, 3);
    var labels = labels(Idx.read(labelFile, 1).values());
    var shape = images.dimensions();
    if (shape.getFirst() != labels.length) {
      throw new UserException(
          "'%s' holds %d images, but '%s' holds %d labels."
              .formatted(imageFile, shape.getFirst(), labelFile, labels.length));
    }
    var pixels =
        new PixelExamples(
            images.values(),
            WHITE,
            labels,
            List.of(1L, shape.get(1), shape.get(2)),
            index -> part.words() + " " + index);
    return new Labelled(pixels, labels);
  }

  private static int[] labels(MemorySegment values) {
    return IntStream.range(0, Math.toIntExact(values.byteSize()))
        .map(index -> Byte.toUnsignedInt(values.get(ValueLayout.JAVA_BYTE, index)))
        .toArray();
  }

  private static Path require(Path folder, Part part, String kind) {
    return find(folder, part, kind)
        .orElseThrow(
            () ->
                new UserException(
                    "The folder '%s' has no file %s (or the same with .gz)."
                        .formatted(folder, fileName(part, kind))));
  }

  static Optional<Path> find(Path folder, Part part, String kind) {
    var usual = fileName(part, kind);
    return Stream.of(usual, usual.replace("-idx", ".idx"))
        .flatMap(name -> Stream.of(name, name + ".gz"))
        .map(folder::resolve)
        .filter(Files::isRegularFile)
        .findFirst();
  }

  static String fileName(Part part, String kind) {
    return PREFIXES.get(part) + "-" + kind + "-ubyte";
  }

  private static List<String> numbers(Path folder, int[] labels, int chosen) {
    int count = chosen == 0 ? counted(folder, labels) : chosen;
    return IntStream.range(0, count).mapToObj(Integer::toString).toList();
  }

  /** A label that leaves a gap below it is more likely wrong than the last of many classes. */
  private static int counted(Path folder, int[] labels) {
    var known = new BitSet();
    Arrays.stream(labels).forEach(known::set);
    int count = known.length();
    int missing = known.nextClearBit(0);
    if (missing < count) {
      int index =
          IntStream.range(0, labels.length)
              .filter(i -> labels[i] == count - 1)
              .findFirst()
              .orElseThrow();
      throw new UserException(
          ("In '%s' label %d of the train part is %d, but no example has the label %d; mend the"
                  + " labels, or say --classes %d if this is meant.")
              .formatted(folder, index, count - 1, missing, count));
    }
    return count;
  }

  private static Labelled labelled(Map<Part, Labelled> parts, Part part) {
    return Objects.requireNonNull(parts.get(part));
  }

  private static void requireLabels(
      Path folder, Part part, Labelled labelled, List<String> classes) {
    for (int index = 0; index < labelled.labels().length; index++) {
      if (labelled.labels()[index] >= classes.size()) {
        throw new UserException(
            "In '%s' label %d of the %s part is %d, but there are only the classes 0 to %d."
                .formatted(
                    folder, index, part.words(), labelled.labels()[index], classes.size() - 1));
      }
    }
  }

  private static void requireSameSize(Path folder, Map<Part, Labelled> parts) {
    var shapes = parts.values().stream().map(part -> part.examples().inputShape()).distinct();
    var different = shapes.toList();
    if (different.size() > 1) {
      throw new UserException(
          "In '%s' the training images have the shape %s, but the test images %s."
              .formatted(folder, different.get(0), different.get(1)));
    }
  }
}

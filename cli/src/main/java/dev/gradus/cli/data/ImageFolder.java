package dev.gradus.cli.data;

import dev.gradus.UserException;
import dev.gradus.djl.data.DataSet;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** JPEG and PNG files in class folders, in a folder or a zip file. */
final class ImageFolder implements DataReader {
  static final int WHITE = 255;

  @Override
  public DataSet read(String name, String argument, DataOptions options) throws IOException {
    return read(name, options.places().locate(argument), options);
  }

  DataSet read(String name, Path source, DataOptions options) throws IOException {
    try (var archive = Archive.open(source, Archive.Limits.USUAL)) {
      var tree = new ImageTree(source, archive);
      var images = new DecodedImages(source, archive, options);
      var shape = images.shape(tree.images(tree.parts().getFirst()));
      var parts = new EnumMap<Part, Labelled>(Part.class);
      int skipped = 0;
      for (var part : tree.parts()) {
        var decoded = images.decode(part.words(), tree.images(part), shape);
        parts.put(part, labelled(tree, part, decoded, shape));
        skipped += decoded.unreadable().size();
      }
      requireFilled(source, tree.classes(), parts);
      var origin = origin(source, shape, tree.ignored(), skipped);
      return Classified.of(name, origin, tree.classes(), parts, options.split()).dataSet(options);
    }
  }

  private static Labelled labelled(
      ImageTree tree, Part part, DecodedImages.Decoded decoded, List<Long> shape) {
    var files = tree.images(part);
    var labels = tree.labels(part);
    var all = new PixelExamples(decoded.pixels(), WHITE, labels, shape, files::get);
    if (decoded.unreadable().isEmpty()) {
      return new Labelled(all, labels);
    }
    var readable =
        IntStream.range(0, files.size())
            .filter(index -> !decoded.unreadable().containsKey(index))
            .toArray();
    var kept = Arrays.stream(readable).map(index -> labels[index]).toArray();
    return new Labelled(all.subset(readable), kept);
  }

  private static void requireFilled(Path source, List<String> classes, Map<Part, Labelled> parts) {
    var train = parts.get(Part.TRAIN);
    for (int number = 0; train != null && number < classes.size(); number++) {
      int wanted = number;
      if (Arrays.stream(train.labels()).noneMatch(label -> label == wanted)) {
        throw new UserException(
            "In '%s' not one image of the class '%s' can be read."
                .formatted(source, classes.get(number)));
      }
    }
  }

  private static String origin(Path source, List<Long> shape, int ignored, int skipped) {
    return "images from %s, as %s".formatted(source, sizes(shape))
        + counted(ignored, "files ignored that are no images by their names")
        + counted(skipped, "unreadable images skipped");
  }

  private static String counted(int count, String what) {
    return count == 0 ? "" : "; %,d %s".formatted(count, what);
  }

  private static String sizes(List<Long> shape) {
    return "%d x %d pixels in %s"
        .formatted(shape.get(1), shape.get(2), shape.getFirst() == 1 ? "grey" : "colour");
  }
}

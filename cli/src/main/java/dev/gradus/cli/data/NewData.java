package dev.gradus.cli.data;

import dev.gradus.UserException;
import dev.gradus.djl.data.DataDescription;
import dev.gradus.djl.data.Examples;
import dev.gradus.djl.data.Task;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Reads data that a network was not trained on as those it was trained on.
 *
 * @param description what the network takes and gives
 * @param options how images are read, and which column of a table is the label
 * @param labelled whether every example must have a label that the network knows; otherwise labels
 *     are not looked at, and targets mean nothing
 */
public record NewData(DataDescription description, DataOptions options, boolean labelled) {
  private static final int UNKNOWN = -1;

  /**
   * Reads new data.
   *
   * @param text {@code csv:FILE} or {@code images:FOLDER-OR-ZIP}
   * @return the examples
   * @throws UserException if there is no such file, or it does not hold what the network takes
   */
  public Examples read(String text) {
    int colon = text.indexOf(':') + 1;
    var kind = text.substring(0, colon);
    if (!kind.equals("csv:") && !kind.equals("images:")) {
      throw new UserException("New data are csv:FILE or images:FOLDER-OR-ZIP, not '" + text + "'.");
    }
    var path = options.places().locate(text.substring(colon));
    try {
      return kind.equals("csv:") ? table(path) : images(path);
    } catch (IOException failure) {
      throw new UserException(
          "'" + path + "' cannot be read: " + Reason.of(failure) + ".", failure);
    }
  }

  private Examples table(Path file) {
    if (description.columns().isEmpty()) {
      throw new UserException("The network was not trained on a table; '" + file + "' is one.");
    }
    var table = CsvTable.read(file, header -> columns(file, header));
    var targets =
        table.rows().stream().mapToDouble(row -> target(file, table.columns(), row)).toArray();
    options.listener().note("%,d lines from %s".formatted(targets.length, file));
    return TableExamples.of(table.rows(), Standard.of(description.normalisation()), targets);
  }

  private CsvColumns columns(Path file, List<String> header) {
    return labelled
        ? CsvColumns.labelled(file, header, description.columns(), options.table().label())
        : CsvColumns.unlabelled(file, header, description.columns());
  }

  private double target(Path file, CsvColumns columns, CsvRow row) {
    if (!labelled) {
      return UNKNOWN;
    }
    return switch (description.task()) {
      case Task.Classification(var classes, _) -> {
        if (!classes.contains(row.label())) {
          throw new UserException(
              "In '%s', line %d, the column '%s' has the label '%s', which the network does not"
                      .formatted(file, row.line(), columns.labelName(), row.label())
                  + " know.");
        }
        yield classes.indexOf(row.label());
      }
      case Task.Regression numbers ->
          new Standard(numbers.means().getFirst(), numbers.scales().getFirst())
              .apply(columns.numericLabel(row));
      case Task.NextToken _ -> UNKNOWN;
    };
  }

  private Examples images(Path source) throws IOException {
    var shape = description.inputShape();
    if (shape.size() != 3) {
      throw new UserException(
          "The network was not trained on images; '" + source + "' holds some.");
    }
    try (var archive = Archive.open(source, Archive.Limits.USUAL)) {
      var files = archive.files().stream().filter(ImageTree::isImage).toList();
      if (files.isEmpty()) {
        throw new UserException("'" + source + "' holds no file that ends in .jpg, .jpeg or .png.");
      }
      int[] labels = files.stream().mapToInt(file -> label(source, file)).toArray();
      var decoded = new DecodedImages(source, archive, options).decode("new", files, shape);
      var all = new PixelExamples(decoded.pixels(), ImageFolder.WHITE, labels, shape, files::get);
      var readable =
          IntStream.range(0, files.size())
              .filter(index -> !decoded.unreadable().containsKey(index))
              .toArray();
      options.listener().note("%,d images from %s".formatted(readable.length, source));
      return description.normalisation().over(all.subset(readable));
    }
  }

  /** The class that a file's folder is named after. */
  private int label(Path source, String file) {
    var steps = List.of(file.split("/"));
    int label =
        steps.size() > 1 && description.task() instanceof Task.Classification(var classes, _)
            ? classes.indexOf(steps.get(steps.size() - 2))
            : UNKNOWN;
    if (labelled && label == UNKNOWN) {
      throw new UserException(
          "In '%s' the image '%s' lies in no folder that is named like a class of the network."
              .formatted(source, file));
    }
    return label;
  }
}

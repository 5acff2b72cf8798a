package dev.gradus.cli.chart;

import dev.gradus.UserException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Locale;
import org.knowm.xchart.XYChart;

/** The PNG file of a single chart, checked before the chart is computed. */
public final class PngFile {
  private static final String ENDING = ".png";

  private final Path file;

  private PngFile(Path file) {
    this.file = file;
  }

  /**
   * A picture that is still to be drawn. Nothing is written yet.
   *
   * @param file where it will be; replaced if it exists
   * @return the picture
   * @throws UserException if no PNG file can be written there
   */
  public static PngFile at(Path file) {
    var folder = file.toAbsolutePath().getParent();
    if (!file.toString().toLowerCase(Locale.ROOT).endsWith(ENDING)) {
      throw new UserException(
          "'%s' cannot be the name of a picture; give one that ends in .png.".formatted(file));
    }
    if (folder == null || !Files.isDirectory(folder)) {
      throw new UserException(
          "The folder of the picture '%s' does not exist; make it first.".formatted(file));
    }
    if (Files.isDirectory(file) || !Files.isWritable(Files.exists(file) ? file : folder)) {
      throw new UserException(
          "The picture '%s' cannot be written; give another file.".formatted(file));
    }
    return new PngFile(file);
  }

  /**
   * Draws a chart into the file.
   *
   * @param chart the chart
   * @throws UserException if the file can't be written
   */
  public void draw(XYChart chart) {
    var temporary = file.resolveSibling(file.getFileName() + ".tmp");
    try {
      Files.write(temporary, new Picture(List.of(chart), 1, chart.getTitle()).png());
      Files.move(temporary, file, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException failure) {
      String reason =
          failure instanceof AccessDeniedException ? "no permission" : failure.getMessage();
      throw new UserException("Cannot write '%s': %s.".formatted(file, reason), failure);
    }
  }

  @Override
  public String toString() {
    return file.toString();
  }
}

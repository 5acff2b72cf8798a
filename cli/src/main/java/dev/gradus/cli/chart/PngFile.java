package dev.gradus.cli.chart;

import java.nio.file.Path;
import java.util.List;
import org.knowm.xchart.XYChart;

/** The PNG file of a single chart, checked before the chart is computed. */
public final class PngFile {
  private final OutputFile file;

  private PngFile(OutputFile file) {
    this.file = file;
  }

  /**
   * A picture that is still to be drawn. Nothing is written yet.
   *
   * @param file where it will be; replaced if it exists
   * @return the picture
   * @throws dev.gradus.UserException if no PNG file can be written there
   */
  public static PngFile at(Path file) {
    return new PngFile(OutputFile.at(file, "picture", ".png"));
  }

  /**
   * Draws a chart into the file.
   *
   * @param chart the chart
   * @throws dev.gradus.UserException if the file can't be written
   */
  public void draw(XYChart chart) {
    file.write(new Picture(List.of(chart), 1, chart.getTitle()).png());
  }

  @Override
  public String toString() {
    return file.toString();
  }
}

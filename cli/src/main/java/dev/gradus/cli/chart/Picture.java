package dev.gradus.cli.chart;

import dev.gradus.UserException;
import java.awt.Color;
import java.awt.Dimension;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.apache.batik.svggen.SVGGraphics2D;
import org.knowm.xchart.internal.chartpart.Chart;
import org.w3c.dom.Document;

/**
 * Charts side by side.
 *
 * @param charts all of the same size, row by row
 * @param columns how many stand in a row, at least 1
 * @param description what they show, in words, for those who cannot see them
 */
public record Picture(List<? extends Chart<?, ?>> charts, int columns, String description) {
  private static final String SVG = "http://www.w3.org/2000/svg";
  private static final int SHARPNESS = 2;

  static {
    System.setProperty("java.awt.headless", "true");
  }

  /** Copies the charts. */
  public Picture {
    charts = List.copyOf(charts);
  }

  /**
   * Writes the picture twice, in files that differ in their ending, {@code .svg} and {@code .png}.
   *
   * @param folder where; created if it does not exist
   * @param name the files' name without ending
   * @throws UserException if a file cannot be written
   */
  public void write(Path folder, String name) {
    try {
      Files.createDirectories(folder);
      writeSvg(folder.resolve(name + ".svg"));
      Files.write(folder.resolve(name + ".png"), png());
    } catch (IOException failure) {
      throw new UserException(
          "The picture '%s' cannot be written to '%s'.".formatted(name, folder), failure);
    }
  }

  private void writeSvg(Path file) throws IOException {
    var document = emptyDocument();
    var graphics = new SVGGraphics2D(document);
    graphics.setSVGCanvasSize(new Dimension(width(), height()));
    paint(graphics);
    var root = graphics.getRoot();
    var title = document.createElementNS(SVG, "title");
    title.setTextContent(description);
    root.insertBefore(title, root.getFirstChild());
    try (var writer = Files.newBufferedWriter(file, StandardCharsets.UTF_8)) {
      graphics.stream(root, writer, true, false);
    }
  }

  private static Document emptyDocument() {
    try {
      return DocumentBuilderFactory.newInstance()
          .newDocumentBuilder()
          .getDOMImplementation()
          .createDocument(SVG, "svg", null);
    } catch (ParserConfigurationException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  /** The bytes of a PNG file, with two pixels in a row for each logical one. */
  byte[] png() {
    var image =
        new BufferedImage(SHARPNESS * width(), SHARPNESS * height(), BufferedImage.TYPE_INT_RGB);
    var graphics = image.createGraphics();
    graphics.scale(SHARPNESS, SHARPNESS);
    graphics.setRenderingHint(RenderingHints.KEY_STROKE_CONTROL, RenderingHints.VALUE_STROKE_PURE);
    graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
    graphics.setRenderingHint(
        RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
    paint(graphics);
    graphics.dispose();
    return Png.bytes(image);
  }

  private void paint(Graphics2D graphics) {
    graphics.setColor(Color.WHITE);
    graphics.fillRect(0, 0, width(), height());
    for (int i = 0; i < charts.size(); i++) {
      var chart = charts.get(i);
      int x = i % columns * chart.getWidth();
      int y = i / columns * chart.getHeight();
      graphics.translate(x, y);
      chart.paint(graphics, chart.getWidth(), chart.getHeight());
      graphics.translate(-x, -y);
    }
  }

  private int width() {
    return Math.min(columns, charts.size()) * charts.getFirst().getWidth();
  }

  private int height() {
    return Math.ceilDiv(charts.size(), columns) * charts.getFirst().getHeight();
  }
}

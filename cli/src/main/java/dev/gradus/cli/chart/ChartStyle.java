package dev.gradus.cli.chart;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.util.List;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.Styler.LegendPosition;
import org.knowm.xchart.style.markers.Marker;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** How charts look. */
public final class ChartStyle {
  /** Eight colours that differ for every kind of colour vision, dark enough for white ground. */
  private static final List<Color> COLOURS =
      List.of(
          new Color(0x0072B2),
          new Color(0xD55E00),
          new Color(0x009E73),
          new Color(0xAA4499),
          new Color(0x6B4C00),
          new Color(0x332288),
          new Color(0xCC3311),
          new Color(0x555555));

  private static final Color INK = new Color(0x222222);
  private static final Color FAINT = new Color(0xC4C4C4);
  private static final Color GRID = new Color(0xEEEEEE);
  private static final float PATH_WIDTH = 1.8f;
  private static final float FAINT_WIDTH = 0.7f;
  private static final int MARK = 9;

  private ChartStyle() {}

  /**
   * An empty chart of lines.
   *
   * @param title what it shows
   * @param x what the horizontal axis shows
   * @param y what the vertical axis shows
   * @param width in pixels
   * @param height in pixels
   * @return the chart
   */
  public static XYChart lines(String title, String x, String y, int width, int height) {
    var chart =
        new XYChartBuilder()
            .title(title)
            .xAxisTitle(x)
            .yAxisTitle(y)
            .width(width)
            .height(height)
            .build();
    var styler = chart.getStyler();
    styler.setChartBackgroundColor(Color.WHITE).setPlotBackgroundColor(Color.WHITE);
    styler.setChartFontColor(INK).setPlotBorderColor(FAINT);
    styler.setChartTitleFont(font(Font.BOLD, 14)).setChartTitleBoxVisible(false);
    styler.setLegendFont(font(Font.PLAIN, 12)).setLegendBorderColor(FAINT);
    styler.setLegendPosition(LegendPosition.OutsideS).setLegendBackgroundColor(Color.WHITE);
    styler.setAxisTitleFont(font(Font.PLAIN, 12));
    styler.setAxisTickLabelsFont(font(Font.PLAIN, 11)).setAxisTickLabelsColor(INK);
    styler.setPlotGridLinesColor(GRID).setPlotGridLinesStroke(new BasicStroke(FAINT_WIDTH));
    styler.setMarkerSize(MARK).setPlotContentSize(1);
    return chart;
  }

  private static Font font(int style, int size) {
    return new Font(Font.SANS_SERIF, style, size);
  }

  /**
   * Draws a line as one among several.
   *
   * @param series the line
   * @param number its number, from 0, which decides the colour
   */
  public static void path(XYSeries series, int number) {
    series.setMarker(SeriesMarkers.NONE).setLineColor(colour(number));
    series.setLineStyle(new BasicStroke(PATH_WIDTH, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND));
  }

  /**
   * Draws a line as something in the background, without a place in the legend.
   *
   * @param series the line
   */
  public static void background(XYSeries series) {
    series.setMarker(SeriesMarkers.NONE).setLineColor(FAINT).setShowInLegend(false);
    series.setLineStyle(new BasicStroke(FAINT_WIDTH));
  }

  /**
   * Draws a single point that belongs to a line.
   *
   * @param series the point
   * @param number the number of the line, from 0
   * @param marker its form
   */
  public static void mark(XYSeries series, int number, Marker marker) {
    series.setMarker(marker).setMarkerColor(colour(number)).setShowInLegend(false);
    series.setLineColor(colour(number));
  }

  /**
   * Draws a point that belongs to all lines, named in the legend.
   *
   * @param series the point
   * @param marker its form
   */
  public static void landmark(XYSeries series, Marker marker) {
    series.setMarker(marker).setMarkerColor(INK).setLineColor(INK);
    series.setXYSeriesRenderStyle(XYSeries.XYSeriesRenderStyle.Scatter);
  }

  private static Color colour(int number) {
    return COLOURS.get(number % COLOURS.size());
  }
}

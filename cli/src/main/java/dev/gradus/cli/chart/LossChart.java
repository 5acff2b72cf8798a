package dev.gradus.cli.chart;

import dev.gradus.djl.LossCurve;
import dev.gradus.djl.LossCurve.Point;
import java.util.List;
import java.util.Locale;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.markers.Marker;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** Draws the loss over the learning rate, and where the suggestion lies. */
public final class LossChart {
  private static final int WIDTH = 860;
  private static final int HEIGHT = 500;
  private static final double ROOM = 0.08;
  private static final double SAME = 1e-6;

  private LossChart() {}

  /**
   * The chart of a range test.
   *
   * @param title what was tested
   * @param curve its losses
   * @return the chart
   */
  public static XYChart of(String title, LossCurve curve) {
    List<Point> smoothed = curve.smoothed();
    double bottom = smoothed.stream().mapToDouble(Point::loss).min().orElseThrow();
    double top = 1.25 * smoothed.getFirst().loss();
    double room = ROOM * (top - bottom);
    double low = bottom - room;
    XYChart chart = ChartStyle.lines(title, "learning rate", "loss of a batch", WIDTH, HEIGHT);
    chart.getStyler().setYAxisMin(low);
    chart.getStyler().setYAxisMax(top);
    chart.getStyler().setxAxisTickLabelsFormattingFunction(LossChart::power);
    ChartStyle.background(line(chart, "measured", curve.points(), top));
    ChartStyle.path(line(chart, "smoothed", smoothed, top), 0);
    if (curve.falls()) {
      mark(chart, curve.suggested(), low, top);
      dot(chart, "steepest fall", curve.steepest(), SeriesMarkers.CIRCLE);
      dot(chart, "lowest loss", curve.lowest(), SeriesMarkers.DIAMOND);
    }
    return chart;
  }

  private static XYSeries line(XYChart chart, String name, List<Point> points, double top) {
    double[] rates = points.stream().mapToDouble(p -> Math.log10(p.rate())).toArray();
    double[] losses = points.stream().mapToDouble(point -> Math.min(point.loss(), top)).toArray();
    return chart.addSeries(name, rates, losses);
  }

  private static void mark(XYChart chart, double rate, double low, double top) {
    String label = String.format(Locale.ROOT, "suggested: %.2g", rate);
    double x = Math.log10(rate);
    ChartStyle.path(chart.addSeries(label, new double[] {x, x}, new double[] {low, top}), 1);
  }

  private static void dot(XYChart chart, String name, Point point, Marker marker) {
    double[] x = {Math.log10(point.rate())};
    ChartStyle.landmark(chart.addSeries(name, x, new double[] {point.loss()}), marker);
  }

  /** Rates are drawn as their logarithms; labels must differ from each other, so none is empty. */
  private static String power(double logarithm) {
    double decade = Math.floor(logarithm + SAME);
    double digits = Math.pow(10, logarithm - decade);
    String form = digits < 1 + SAME ? "%.0fe%.0f" : "%.1fe%.0f";
    return String.format(Locale.ROOT, form, digits, decade);
  }
}

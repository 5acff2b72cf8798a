package dev.gradus.cli.toy;

import dev.gradus.cli.chart.ChartStyle;
import java.util.List;
import java.util.Locale;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** Draws a landscape with ways over it. */
public final class LandscapeChart {
  private static final int WIDTH = 560;
  private static final int HEIGHT = 500;
  private static final int LEGEND_LINE = 22;

  private final Landscape landscape;
  private final XYChart chart;

  private LandscapeChart(Landscape landscape, int walks) {
    this.landscape = landscape;
    chart =
        ChartStyle.lines(
            "%s: %s, %d steps".formatted(landscape.title(), landscape.formula(), landscape.steps()),
            "x",
            "y",
            WIDTH,
            HEIGHT + walks * LEGEND_LINE);
  }

  /**
   * A landscape with ways over it.
   *
   * @param walks at least one, all over the same landscape
   * @return the chart
   */
  public static XYChart of(List<Walk> walks) {
    var drawn = new LandscapeChart(walks.getFirst().landscape(), walks.size());
    drawn.frame();
    drawn.contours();
    for (int i = 0; i < walks.size(); i++) {
      drawn.walk(walks.get(i), i);
    }
    drawn.landmarks();
    return drawn.chart;
  }

  private void frame() {
    var window = landscape.window();
    chart.getStyler().setXAxisMin(window.left()).setXAxisMax(window.right());
    chart.getStyler().setYAxisMin(window.bottom()).setYAxisMax(window.top());
  }

  private void contours() {
    var contours = new Contours(landscape);
    for (double level : contours.levels()) {
      for (var line : contours.lines(level)) {
        var name = "line " + chart.getSeriesMap().size();
        ChartStyle.background(chart.addSeries(name, xs(line), ys(line)));
      }
    }
  }

  private static double[] xs(List<Point> points) {
    return points.stream().mapToDouble(Point::x).toArray();
  }

  private static double[] ys(List<Point> points) {
    return points.stream().mapToDouble(Point::y).toArray();
  }

  private void walk(Walk walk, int number) {
    var points = walk.points();
    ChartStyle.path(chart.addSeries(name(walk), xs(points), ys(points)), number);
    var end = point(number == 0 ? "end" : "end " + number, walk.end());
    ChartStyle.mark(end, number, SeriesMarkers.DIAMOND);
    end.setShowInLegend(number == 0);
  }

  /** The optimizer with its learning rate. */
  static String name(Walk walk) {
    return String.format(
        Locale.ROOT, "%s, rate %.2g", walk.group().pipeline(), walk.group().learningRate());
  }

  private void landmarks() {
    ChartStyle.landmark(point("start", landscape.start()), SeriesMarkers.CIRCLE);
    landscape
        .minimum()
        .ifPresent(
            lowest -> ChartStyle.landmark(point("lowest point", lowest), SeriesMarkers.CROSS));
  }

  private XYSeries point(String name, Point point) {
    return chart.addSeries(name, new double[] {point.x()}, new double[] {point.y()});
  }
}

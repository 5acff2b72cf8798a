package dev.gradus.cli.page;

import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Lines over a horizontal axis, some with a band around them.
 *
 * @param title what the lines show
 * @param horizontal what the horizontal axis shows
 * @param lines what is drawn
 * @param columns marks of the horizontal axis
 * @param rows marks of the vertical axis
 * @param text the drawing in words
 */
public record LineChart(
    String title,
    String horizontal,
    List<Line> lines,
    List<Tick> columns,
    List<Tick> rows,
    String text) {
  /** How wide the drawing is. */
  public static final int WIDTH = 520;

  /** How high the drawing is. */
  public static final int HEIGHT = 300;

  /** Where the lines begin. */
  public static final int LEFT = 60;

  /** Where the lines end. */
  public static final int RIGHT = WIDTH - 28;

  /** The highest value. */
  public static final int TOP = 16;

  /** The lowest value. */
  public static final int BOTTOM = HEIGHT - 52;

  private static final int MOST_POINTS = 120;

  /**
   * A line.
   *
   * @param pen how it is drawn
   * @param path pairs of coordinates as SVG takes them
   * @param band the outline of what lies around it; empty if nothing does
   * @param points what a reader is told of each point: its two coordinates, where it is and its
   *     value, with semicolons between points
   */
  public record Line(Pen pen, String path, String band, String points) {}

  /**
   * How something is drawn.
   *
   * @param kind the class of its style, {@code line0} and so on
   * @param group the class that all drawings of the same have, so that they can be hidden
   * @param name what it is
   */
  public record Pen(String kind, String group, String name) {
    private static final int COLOURS = 7;

    /** That of the first, which others are compared with, or of one of the others. */
    static Pen of(int number, String name) {
      int kind = number == 0 ? 0 : 1 + (number - 1) % COLOURS;
      return new Pen("line" + kind, "of" + number, name);
    }
  }

  /**
   * A mark of an axis.
   *
   * @param place where it is
   * @param text what it says
   */
  public record Tick(String place, String text) {}

  /**
   * A point of a line.
   *
   * @param x its place on the horizontal axis
   * @param y its place on the vertical axis
   * @param low where the band begins; not a number without one
   * @param high where the band ends
   * @param where its place in words
   * @param text its value in words; empty if a reader is told nothing
   */
  record Point(double x, double y, double low, double high, String where, String text) {
    static Point bare(double x, double y) {
      return new Point(x, y, Double.NaN, Double.NaN, "", "");
    }
  }

  /** Copies the lists. */
  public LineChart {
    lines = List.copyOf(lines);
    columns = List.copyOf(columns);
    rows = List.copyOf(rows);
  }

  /** A chart without lines. */
  static LineChart empty(String title, String horizontal, Axis x, Axis y, String text) {
    return new LineChart(
        title,
        horizontal,
        List.of(),
        x.marks().stream().map(mark -> new Tick(x(x, mark.value()), mark.text())).toList(),
        y.marks().stream().map(mark -> new Tick(y(y, mark.value()), mark.text())).toList(),
        text);
  }

  LineChart with(List<Line> drawn) {
    return new LineChart(title, horizontal, drawn, columns, rows, text);
  }

  /** The line through some points; those without a place are left out. */
  static Line line(Pen pen, List<Point> all, Axis x, Axis y) {
    var points = thinned(all.stream().filter(p -> x.has(p.x()) && y.has(p.y())).toList());
    return new Line(
        pen,
        points.stream().map(p -> x(x, p.x()) + "," + y(y, p.y())).collect(Collectors.joining(" ")),
        band(points, x, y),
        points.stream()
            .filter(point -> !point.text().isEmpty())
            .map(p -> x(x, p.x()) + "|" + y(y, p.y()) + "|" + p.where() + "|" + p.text())
            .collect(Collectors.joining(";")));
  }

  /** At most so many points that a drawing of this size can show, the last among them. */
  private static List<Point> thinned(List<Point> points) {
    int stride = Math.ceilDiv(points.size(), MOST_POINTS);
    return Stream.iterate(points.size() - 1, i -> i >= 0, i -> i - Math.max(1, stride))
        .map(points::get)
        .sorted(Comparator.comparingDouble(Point::x))
        .toList();
  }

  private static String band(List<Point> points, Axis x, Axis y) {
    var wide = points.stream().filter(p -> y.has(p.low()) && y.has(p.high())).toList();
    var above = wide.stream().map(p -> x(x, p.x()) + "," + y(y, p.high()));
    var below = wide.reversed().stream().map(p -> x(x, p.x()) + "," + y(y, p.low()));
    return Stream.concat(above, below).collect(Collectors.joining(" "));
  }

  private static String x(Axis axis, double value) {
    return Coordinate.text(LEFT + Math.clamp(axis.part(value), -1, 2) * (RIGHT - LEFT));
  }

  private static String y(Axis axis, double value) {
    return Coordinate.text(BOTTOM - Math.clamp(axis.part(value), -1, 2) * (BOTTOM - TOP));
  }
}

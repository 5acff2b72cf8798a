package dev.gradus.cli.page;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Lines over the number of workers, which doubles from mark to mark.
 *
 * @param title what the lines show
 * @param lines one for each scheme
 * @param workers marks of the axis of workers
 * @param values marks of the axis of values
 * @param text the drawing in words
 */
public record LineChart(
    String title, List<Line> lines, List<Tick> workers, List<Tick> values, String text) {
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

  /**
   * A line.
   *
   * @param kind the class of its style, {@code line0} and so on
   * @param path pairs of coordinates as SVG takes them
   */
  public record Line(String kind, String path) {}

  /**
   * A mark of an axis.
   *
   * @param place where it is
   * @param text what it says
   */
  public record Tick(String place, String text) {}

  /** Copies the lists. */
  public LineChart {
    lines = List.copyOf(lines);
    workers = List.copyOf(workers);
    values = List.copyOf(values);
  }

  /**
   * An axis of values.
   *
   * @param lowest at the bottom
   * @param highest at the top
   * @param logarithmic whether equal factors are equally far apart
   */
  record Axis(double lowest, double highest, boolean logarithmic) {
    /** From 0 to 100 per cent. */
    static final Axis SHARES = new Axis(0, 1, false);

    /** Powers of ten around some values above 0. */
    static Axis around(double least, double most) {
      return new Axis(
          Math.pow(10, Math.floor(Math.log10(least))),
          Math.pow(10, Math.ceil(Math.log10(most))),
          true);
    }

    String place(double value) {
      double part =
          logarithmic
              ? Math.log(value / lowest) / Math.log(highest / lowest)
              : (value - lowest) / (highest - lowest);
      return Coordinate.text(BOTTOM - Math.clamp(part, 0, 1) * (BOTTOM - TOP));
    }

    List<Tick> ticks() {
      if (!logarithmic) {
        return IntStream.rangeClosed(0, 4)
            .mapToObj(i -> new Tick(place(i / 4.0), 25 * i + " %"))
            .toList();
      }
      int powers = (int) Math.round(Math.log10(highest / lowest));
      return IntStream.rangeClosed(0, powers)
          .mapToDouble(i -> lowest * Math.pow(10, i))
          .mapToObj(value -> new Tick(place(value), shortened(value)))
          .toList();
    }

    private static String shortened(double value) {
      if (value >= 1e6) {
        return String.format(Locale.ROOT, "%.0fM", value / 1e6);
      }
      return value >= 1e3
          ? String.format(Locale.ROOT, "%.0fk", value / 1e3)
          : Coordinate.text(value);
    }
  }

  /** The line of some values, the first of which is that of one worker. */
  static Line line(String kind, List<Double> values, Axis axis) {
    int last = values.size() - 1;
    return new Line(
        kind,
        IntStream.rangeClosed(0, last)
            .mapToObj(i -> x(i, last) + "," + axis.place(values.get(i)))
            .collect(Collectors.joining(" ")));
  }

  /** Marks for 1, 4, 16 and so on up to two to a power. */
  static List<Tick> workers(int power) {
    return IntStream.iterate(0, i -> i <= power, i -> i + 2)
        .mapToObj(i -> new Tick(x(i, power), String.format(Locale.ROOT, "%,d", 1 << i)))
        .toList();
  }

  private static String x(int index, int last) {
    return Coordinate.text(LEFT + (double) (RIGHT - LEFT) * index / Math.max(1, last));
  }
}

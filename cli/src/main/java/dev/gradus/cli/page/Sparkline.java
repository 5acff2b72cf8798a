package dev.gradus.cli.page;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * A small curve of a rate over epochs, from 0 at the bottom; the lines of a page have one scale.
 *
 * @param points of the curve, in the units of {@link #WIDTH} and {@link #HEIGHT}
 * @param one how far down the rate 1 lies
 * @param mark the point that counts
 * @param text the same in words
 */
public record Sparkline(List<Place> points, Place one, Place mark, String text) {
  /** How wide the drawing is. */
  public static final int WIDTH = 160;

  /** How high the drawing is. */
  public static final int HEIGHT = 40;

  private static final int EDGE = 4;

  /**
   * A rate that was measured.
   *
   * @param epoch behind which epoch, from 1
   * @param rate the rate, 0 or more
   */
  public record Point(int epoch, double rate) {}

  /**
   * A place in a drawing.
   *
   * @param x how far to the right
   * @param y how far down
   */
  public record Place(String x, String y) {
    @Override
    public String toString() {
      return x + "," + y;
    }
  }

  /** Copies the list. */
  public Sparkline {
    points = List.copyOf(points);
  }

  /**
   * Draws a curve.
   *
   * @param history the rates in the order of epochs; at least one
   * @param epochs the last epoch that there can be
   * @param highest the rate at the top
   * @param marked the epoch that counts; the last one kept up to it is marked
   * @return the curve
   */
  public static Sparkline of(List<Point> history, int epochs, double highest, int marked) {
    var counting =
        history.stream()
            .filter(point -> point.epoch() <= marked)
            .reduce(history.getFirst(), (_, later) -> later);
    return new Sparkline(
        history.stream().map(point -> place(point, epochs, highest)).toList(),
        place(new Point(epochs, 1), epochs, highest),
        place(counting, epochs, highest),
        words(history));
  }

  private static Place place(Point point, int epochs, double highest) {
    double right = epochs == 1 ? 1 : (point.epoch() - 1.0) / (epochs - 1);
    double up = Math.clamp(point.rate() / highest, 0, 1);
    return new Place(
        Coordinate.text(EDGE + right * (WIDTH - 2 * EDGE)),
        Coordinate.text(EDGE + (1 - up) * (HEIGHT - 2 * EDGE)));
  }

  private static String words(List<Point> history) {
    return history.size() == 1
        ? "Rate " + words(history.getFirst())
        : "Rate %s, %s".formatted(words(history.getFirst()), words(history.getLast()));
  }

  private static String words(Point point) {
    return String.format(Locale.ROOT, "%.2f after epoch %d", point.rate(), point.epoch());
  }

  /**
   * The curve as SVG takes it.
   *
   * @return pairs of numbers
   */
  public String path() {
    return points.stream().map(Place::toString).collect(Collectors.joining(" "));
  }
}

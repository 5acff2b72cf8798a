package dev.gradus.cli.page;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/**
 * How many rates lie where, as a drawing of bars.
 *
 * @param bars from the lowest rates to the highest
 * @param rates marks of the axis of rates
 * @param counts marks of the axis of counts
 * @param split whether the bars tell wrong labels from right ones
 */
public record Histogram(List<Bar> bars, List<Tick> rates, List<Tick> counts, boolean split) {
  /** How wide the drawing is. */
  public static final int WIDTH = 720;

  /** How high the drawing is. */
  public static final int HEIGHT = 240;

  /** Where the bars begin. */
  public static final int LEFT = 56;

  /** Where the bars end. */
  public static final int RIGHT = WIDTH - 16;

  /** Where the highest bar ends. */
  public static final int TOP = 16;

  /** Where the bars stand. */
  public static final int BOTTOM = HEIGHT - 48;

  private static final int BARS = 40;
  private static final int TICKS = 4;

  /**
   * A bar, with a part for wrong labels at its foot.
   *
   * @param x where it begins
   * @param width how wide it is
   * @param y where it ends at the top
   * @param height how high it is
   * @param wrongY where the part of wrong labels ends at the top
   * @param wrongHeight how high that part is
   * @param range the rates it counts, in words
   * @param count how many there are
   * @param wrong how many of them have wrong labels
   */
  public record Bar(
      String x,
      String width,
      String y,
      String height,
      String wrongY,
      String wrongHeight,
      String range,
      long count,
      long wrong) {}

  /**
   * A mark of an axis.
   *
   * @param place where it is
   * @param text what it says
   */
  public record Tick(String place, String text) {}

  /** Copies the lists. */
  public Histogram {
    bars = List.copyOf(bars);
    rates = List.copyOf(rates);
    counts = List.copyOf(counts);
  }

  /**
   * The drawing in words.
   *
   * @return how many there are, and where most lie
   */
  public String text() {
    long all = bars.stream().mapToLong(Bar::count).sum();
    return bars.stream()
        .max(Comparator.comparingLong(Bar::count))
        .map(
            most ->
                String.format(
                    Locale.ROOT,
                    "The rates of %,d examples; %,d of them, most of all, are %s",
                    all,
                    most.count(),
                    most.range()))
        .orElse("No rates");
  }

  /** Rates to be counted. */
  public static final class Counter {
    private final double highest;
    private final long[] counts = new long[BARS];
    private final long[] wrong = new long[BARS];

    /**
     * Counts rates up to a highest one.
     *
     * @param highest above 0
     */
    public Counter(double highest) {
      this.highest = highest;
    }

    /**
     * Counts a rate.
     *
     * @param rate from 0 to the highest
     * @param hasWrongLabel whether the label is known to be wrong
     */
    public void add(double rate, boolean hasWrongLabel) {
      int bar = Math.clamp((long) (rate / highest * BARS), 0, BARS - 1);
      counts[bar]++;
      wrong[bar] += hasWrongLabel ? 1 : 0;
    }

    /**
     * Draws what was counted.
     *
     * @param split whether it is known which labels are wrong
     * @return the drawing
     */
    public Histogram draw(boolean split) {
      double largest = Math.max(1, Arrays.stream(counts).max().orElse(1));
      double step = step(largest);
      double top = step * Math.ceil(largest / step);
      return new Histogram(
          IntStream.range(0, BARS).mapToObj(bar -> bar(bar, top)).toList(),
          IntStream.rangeClosed(0, TICKS).mapToObj(this::rateTick).toList(),
          IntStream.rangeClosed(0, (int) Math.round(top / step))
              .mapToObj(tick -> countTick(tick * step, top))
              .toList(),
          split);
    }

    private Bar bar(int bar, double top) {
      double width = (double) (RIGHT - LEFT) / BARS;
      double height = counts[bar] / top * (BOTTOM - TOP);
      double wrongHeight = wrong[bar] / top * (BOTTOM - TOP);
      return new Bar(
          Coordinate.text(LEFT + bar * width + 1),
          Coordinate.text(width - 2),
          Coordinate.text(BOTTOM - height),
          Coordinate.text(height),
          Coordinate.text(BOTTOM - wrongHeight),
          Coordinate.text(wrongHeight),
          rate(bar) + " to " + rate(bar + 1),
          counts[bar],
          wrong[bar]);
    }

    private String rate(int bar) {
      return String.format(Locale.ROOT, "%.2f", highest * bar / BARS);
    }

    private Tick rateTick(int tick) {
      double place = LEFT + (double) (RIGHT - LEFT) * tick / TICKS;
      return new Tick(Coordinate.text(place), Coordinate.text(highest * tick / TICKS));
    }

    private static Tick countTick(double count, double top) {
      return new Tick(
          Coordinate.text(BOTTOM - count / top * (BOTTOM - TOP)),
          String.format(Locale.ROOT, "%,.0f", count));
    }

    /** A round step of which a few reach so far. */
    private static double step(double far) {
      double power = Math.pow(10, Math.floor(Math.log10(far / TICKS)));
      for (int factor : new int[] {1, 2, 5}) {
        if (factor * power * TICKS >= far) {
          return Math.max(1, factor * power);
        }
      }
      return Math.max(1, 10 * power);
    }
  }
}

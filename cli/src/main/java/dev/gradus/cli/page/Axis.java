package dev.gradus.cli.page;

import java.util.List;
import java.util.Locale;
import java.util.function.DoubleFunction;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/**
 * Where values lie between the ends of an axis.
 *
 * @param lowest where the axis begins
 * @param highest where it ends
 * @param logarithmic whether equal factors are equally far apart
 * @param marks what is written along it
 */
record Axis(double lowest, double highest, boolean logarithmic, List<Mark> marks) {
  private static final int STEPS = 5;
  private static final int MOST_POWERS = 6;

  /**
   * A value that is written along the axis.
   *
   * @param value the value
   * @param text what is written
   */
  record Mark(double value, String text) {}

  Axis {
    marks = List.copyOf(marks);
  }

  /** From 0 to 100 per cent. */
  static Axis shares() {
    return linear(0, 1, 0.25, share -> String.format(Locale.ROOT, "%.0f %%", 100 * share));
  }

  /** Numbers of workers from one, each twice the one before, marked for every second of them. */
  static Axis doublings(int power) {
    var marks =
        IntStream.iterate(0, i -> i <= power, i -> i + 2)
            .mapToObj(i -> new Mark(1 << i, String.format(Locale.ROOT, "%,d", 1 << i)))
            .toList();
    return new Axis(1, 1 << Math.max(1, power), true, marks);
  }

  /**
   * Powers of ten around some values.
   *
   * @throws IllegalArgumentException if they are not above 0
   */
  static Axis powers(double least, double most) {
    requirePositive(least);
    requirePositive(most);
    double low = Math.floor(Math.log10(least));
    double high = Math.max(low + 1, Math.ceil(Math.log10(most)));
    int stride = (int) Math.ceil((high - low) / MOST_POWERS);
    var marks =
        DoubleStream.iterate(low, power -> power <= high, power -> power + stride)
            .map(power -> Math.pow(10, power))
            .mapToObj(value -> new Mark(value, shortened(value)))
            .toList();
    return new Axis(Math.pow(10, low), Math.pow(10, high), true, marks);
  }

  /** Round numbers around some values. */
  static Axis around(double least, double most, DoubleFunction<String> text) {
    double step = step(most > least ? most - least : Math.max(1e-9, Math.abs(most)));
    double low = step * Math.floor(least / step + 1e-9);
    double high = step * Math.ceil(most / step - 1e-9);
    return linear(low, Math.max(high, low + step), step, text);
  }

  /**
   * From 0 exactly to a value, marked at round numbers.
   *
   * @throws IllegalArgumentException if it is not above 0
   */
  static Axis upTo(double most) {
    requirePositive(most);
    double step = step(most);
    var marks =
        DoubleStream.iterate(0, value -> value <= most * (1 + 1e-9), value -> value + step)
            .mapToObj(value -> new Mark(value, shortened(value)))
            .toList();
    return new Axis(0, most, false, marks);
  }

  private static void requirePositive(double value) {
    if (!(value > 0) || Double.isInfinite(value)) {
      throw new IllegalArgumentException("An axis cannot reach from or to " + value);
    }
  }

  private static Axis linear(double low, double high, double step, DoubleFunction<String> text) {
    int steps = (int) Math.round((high - low) / step);
    var marks =
        IntStream.rangeClosed(0, steps)
            .mapToDouble(i -> low + i * step)
            .mapToObj(value -> new Mark(value, text.apply(value)))
            .toList();
    return new Axis(low, high, false, marks);
  }

  /** A round step of which a few reach so far. */
  private static double step(double far) {
    double power = Math.pow(10, Math.floor(Math.log10(far / STEPS)));
    return DoubleStream.of(1, 2, 5, 10)
        .map(factor -> factor * power)
        .filter(step -> step * STEPS >= far * (1 - 1e-9))
        .findFirst()
        .orElse(10 * power);
  }

  /** Where a value lies: 0 at the beginning, 1 at the end, and beyond them outside. */
  double part(double value) {
    return logarithmic
        ? Math.log(value / lowest) / Math.log(highest / lowest)
        : (value - lowest) / (highest - lowest);
  }

  /** Whether a value has a place at all. */
  boolean has(double value) {
    return Double.isFinite(value) && (!logarithmic || value > 0);
  }

  /** A number in few characters, such as {@code 20k}, {@code 0.05} or {@code 1e-5}. */
  static String shortened(double value) {
    double size = Math.abs(value);
    if (size >= 1e6) {
      return Coordinate.text(value / 1e6) + "M";
    }
    if (size >= 1e3) {
      return Coordinate.text(value / 1e3) + "k";
    }
    return size == 0 || size >= 1
        ? Coordinate.text(value)
        : String.format(Locale.ROOT, "%.4g", value).replaceFirst("\\.?0*(e|$)", "$1");
  }
}

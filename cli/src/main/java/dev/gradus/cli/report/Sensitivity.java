package dev.gradus.cli.report;

import dev.gradus.cli.figure.Figures;
import dev.gradus.cli.sweep.Spread;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * How much a side depends on its learning rate.
 *
 * @param metric the validation metric of the best epoch
 * @param rates what was tried, from the smallest on
 * @param decades how many powers of ten the interval of good rates spans around the best; a rate is
 *     good if its mean is within 1 percentage point of the best mean, or 5 % of it if the metric is
 *     no share; ends are interpolated between rates
 * @param atLeast whether it reaches the smallest or largest rate tried, so that it may be wider
 */
public record Sensitivity(String metric, List<Rate> rates, double decades, boolean atLeast) {
  private static final double POINT = 0.01;
  private static final double PART = 0.05;

  /**
   * A learning rate that was tried.
   *
   * @param rate the learning rate
   * @param validation the figures of the runs that did not diverge
   * @param diverged how many runs diverged
   */
  public record Rate(double rate, Spread validation, int diverged) {
    private double cost(boolean higher) {
      boolean lost = diverged > 0 || validation.count() == 0;
      return lost ? Double.POSITIVE_INFINITY : higher ? -validation.mean() : validation.mean();
    }
  }

  /** Copies the list. */
  public Sensitivity {
    rates = List.copyOf(rates);
  }

  /**
   * Of a side that was tuned over two learning rates or more; of other settings, the best count.
   */
  static Optional<Sensitivity> of(Side side, String metric, boolean higher) {
    var rates = new TreeMap<Double, Rate>();
    for (var tried : side.tried()) {
      rate(tried)
          .ifPresent(
              lr ->
                  rates.merge(
                      lr,
                      rate(lr, tried, metric),
                      (a, b) -> a.cost(higher) <= b.cost(higher) ? a : b));
    }
    return rates.size() < 2
        ? Optional.empty()
        : Optional.of(of(metric, List.copyOf(rates.values()), higher));
  }

  private static OptionalDouble rate(Side.Tried tried) {
    var text = tried.varied().get("lr");
    return text == null ? OptionalDouble.empty() : OptionalDouble.of(Double.parseDouble(text));
  }

  private static Rate rate(double rate, Side.Tried tried, String metric) {
    var finite = tried.runs().stream().filter(run -> run.summary().isFinite()).toList();
    var figures =
        finite.stream()
            .mapToDouble(run -> run.summary().validation().getOrDefault(metric, Double.NaN))
            .filter(Double::isFinite)
            .toArray();
    return new Rate(rate, Spread.of(figures), tried.runs().size() - finite.size());
  }

  private static Sensitivity of(String metric, List<Rate> rates, boolean higher) {
    int best =
        IntStream.range(0, rates.size())
            .boxed()
            .min(Comparator.comparingDouble(i -> rates.get(i).cost(higher)))
            .orElseThrow();
    double lowest = rates.get(best).cost(higher);
    if (!Double.isFinite(lowest)) {
      return new Sensitivity(metric, rates, 0, false);
    }
    double limit = lowest + (Figures.isShare(metric) ? POINT : PART * Math.abs(lowest));
    var below = new Reaching(rates, best, -1, limit, higher);
    var above = new Reaching(rates, best, 1, limit, higher);
    double decades = Math.log10(above.end() / below.end());
    return new Sensitivity(metric, rates, decades, above.isOpen() || below.isOpen());
  }

  /** The good rates on one side of the best. */
  private record Reaching(List<Rate> rates, int best, int direction, double limit, boolean higher) {
    private int last() {
      int i = best;
      while (inside(i + direction) && cost(i + direction) <= limit) {
        i += direction;
      }
      return i;
    }

    boolean isOpen() {
      return !inside(last() + direction);
    }

    double end() {
      int i = last();
      double rate = rates.get(i).rate();
      if (isOpen() || !Double.isFinite(cost(i + direction))) {
        return rate;
      }
      double part = (limit - cost(i)) / (cost(i + direction) - cost(i));
      return rate * Math.pow(rates.get(i + direction).rate() / rate, part);
    }

    private boolean inside(int i) {
      return i >= 0 && i < rates.size();
    }

    private double cost(int i) {
      return rates.get(i).cost(higher);
    }
  }
}

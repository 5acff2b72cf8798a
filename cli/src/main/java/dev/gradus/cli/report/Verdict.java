package dev.gradus.cli.report;

import dev.gradus.checkpoint.Retention.Better;
import dev.gradus.cli.figure.Figures;
import dev.gradus.cli.sweep.Difference;
import dev.gradus.djl.Choice;
import java.util.Locale;

/**
 * A difference in plain words, which never say more than the statistics allow: where several sides
 * are compared with the baseline, an interval must exclude zero even when it is widened so that all
 * of them together are right in 95 of 100 such comparisons (Bonferroni).
 */
final class Verdict {
  private final Side side;
  private final Comparison comparison;
  private final Difference alone;
  private final Difference widened;

  private Verdict(Side side, Comparison comparison) {
    this.side = side;
    this.comparison = comparison;
    alone = difference(Difference.CONFIDENCE);
    widened = difference(1 - (1 - Difference.CONFIDENCE) / Math.max(1, comparison.rivals()));
  }

  private Difference difference(double confidence) {
    var metric = comparison.metric();
    return Difference.between(
        side.figures(metric, comparison.byTest()),
        comparison.base().figures(metric, comparison.byTest()),
        confidence);
  }

  static String of(Side side, Comparison comparison) {
    return new Verdict(side, comparison).text();
  }

  private String text() {
    var base = comparison.base();
    return comparison.isBaseline(side)
        ? losses(side)
        : compared(base) + losses(side) + losses(base);
  }

  private String compared(Side base) {
    if (side.finite().isEmpty() || base.finite().isEmpty()) {
      var lost = side.finite().isEmpty() ? side : base;
      return "%s cannot be compared: no run of %s came to its end."
          .formatted(side.name(), lost.name());
    }
    if (alone.pairs() < 2) {
      return alone.pairs() == 0
          ? "%s and %s have no seed in common, so they cannot be compared."
              .formatted(side.name(), base.name())
          : "One seed cannot tell %s from %s.".formatted(side.name(), base.name());
    }
    return alone.low() == 0 && alone.high() == 0
        ? "%s and %s have the same %s with every seed."
            .formatted(side.name(), base.name(), metric())
        : judged(base);
  }

  private String judged(Side base) {
    var size = amount(Math.abs(alone.mean())) + " of " + metric();
    if (excludesZero(widened)) {
      return "%s is %s %s by %s (%s)."
          .formatted(
              side.name(), isBetter() ? "ahead of" : "behind", base.name(), size, evidence());
    }
    return "No difference between %s and %s is certain: %s%s (%s).%s"
        .formatted(
            side.name(),
            base.name(),
            alone.mean() < 0 ? "−" : "+",
            size,
            evidence(),
            excludesZero(alone) ? " Alone this one would exclude zero." : "");
  }

  private String evidence() {
    return "95 %% interval %s to %s%s, %d seeds%s"
        .formatted(
            signed(widened.low()),
            signed(widened.high()),
            comparison.rivals() > 1
                ? " for %d comparisons together".formatted(comparison.rivals())
                : "",
            alone.pairs(),
            (losses(side) + losses(comparison.base())).isEmpty()
                ? ""
                : " with which neither diverged");
  }

  private static boolean excludesZero(Difference difference) {
    return difference.low() > 0 || difference.high() < 0;
  }

  private boolean isBetter() {
    return Choice.direction(comparison.plainMetric()) == Better.HIGHER == alone.mean() > 0;
  }

  private String metric() {
    return (comparison.byTest() ? "test " : "validation ") + Figures.heading(comparison.metric());
  }

  private String amount(double size) {
    return isShare()
        ? String.format(Locale.ROOT, "%.2f percentage points", 100 * size)
        : Figures.number(size);
  }

  private String signed(double value) {
    var size = Math.abs(value);
    return (value < 0 ? "−" : "+")
        + (isShare() ? String.format(Locale.ROOT, "%.2f", 100 * size) : Figures.number(size));
  }

  private boolean isShare() {
    return Figures.isShare(comparison.metric());
  }

  private static String losses(Side side) {
    int lost = side.runs().size() - side.finite().size();
    return lost == 0
        ? ""
        : " %d of %d runs of %s diverged.".formatted(lost, side.runs().size(), side.name());
  }
}

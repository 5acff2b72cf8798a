package dev.gradus.bench.claim;

import dev.gradus.Group;
import dev.gradus.Rules;
import dev.gradus.bench.Table;
import dev.gradus.cli.toy.Landscape;
import dev.gradus.cli.toy.Point;
import dev.gradus.cli.toy.Walk;
import dev.gradus.cli.toy.Window;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.DoubleFunction;
import java.util.stream.IntStream;

/**
 * Exact gradients of ½ (x² + y² ÷ κ) from (1, 1): in how many steps the distance from the minimum
 * stays below a thousandth, at the best of eight learning rates in each decade.
 */
final class Condition {
  private static final int PER_DECADE = 8;
  private static final int LOWEST_DECADE = -2;
  private static final int DECADES = 4;
  private static final int MOST = 200_000;
  private static final double WANTED = 1e-3;

  private Condition() {}

  static String table() {
    var table = new Table("steps", "κ = 100", "κ = 1,000", "κ = 10,000");
    row(table, "sgd", _ -> "sgd");
    row(table, "sgd(momentum=0.9)", _ -> "sgd(momentum=0.9)");
    row(table, "rsg(beta1=0.999, mu=0.1)", _ -> "rsg(beta1=0.999, mu=0.1)");
    row(
        table,
        "rsg(beta1=1 − 1/√κ, mu=1/√κ)",
        root -> String.format(Locale.ROOT, "rsg(beta1=%s, mu=%s)", 1 - 1 / root, 1 / root));
    return table.toString();
  }

  private static void row(Table table, String name, DoubleFunction<String> pipeline) {
    table.row(name, cell(pipeline, 100), cell(pipeline, 1000), cell(pipeline, 10_000));
  }

  private static String cell(DoubleFunction<String> pipeline, double condition) {
    var text = pipeline.apply(Math.sqrt(condition));
    int most = MOST;
    double best = Double.NaN;
    for (int number = 0; number <= PER_DECADE * DECADES; number++) {
      double rate = Math.pow(10, LOWEST_DECADE + (double) number / PER_DECADE);
      var steps = steps(text, rate, condition, most);
      if (steps.isPresent()) {
        most = steps.getAsInt();
        best = rate;
      }
    }
    return Double.isNaN(best)
        ? "> " + MOST
        : String.format(Locale.ROOT, "%,d (rate %.3g)", most, best);
  }

  /** In how many steps, if in fewer than so many. */
  private static OptionalInt steps(String pipeline, double rate, double condition, int most) {
    var start = new Point(1, 1);
    var walk = Walk.of(bowl(condition), Group.all(Rules.parse(pipeline), rate), start, most);
    var points = walk.points();
    if (points.size() <= most) {
      return OptionalInt.empty();
    }
    var minimum = new Point(0, 0);
    int far =
        IntStream.iterate(points.size() - 1, i -> i >= 0, i -> i - 1)
            .filter(i -> points.get(i).distance(minimum) >= WANTED * start.distance(minimum))
            .findFirst()
            .orElseThrow();
    return far + 1 < most ? OptionalInt.of(far + 1) : OptionalInt.empty();
  }

  private static Landscape bowl(double condition) {
    return new Landscape(
        "Bowl",
        "½ (x² + y² ÷ κ)",
        at -> (at.x() * at.x() + at.y() * at.y() / condition) / 2,
        at -> new Point(at.x(), at.y() / condition),
        new Point(1, 1),
        Optional.of(new Point(0, 0)),
        new Window(-1, 1, -1, 1),
        1,
        false);
  }
}

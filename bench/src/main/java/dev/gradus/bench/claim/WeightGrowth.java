package dev.gradus.bench.claim;

import dev.gradus.Group;
import dev.gradus.Rules;
import dev.gradus.bench.Table;
import dev.gradus.cli.toy.Landscape;
import dev.gradus.cli.toy.Walk;
import java.util.List;

/**
 * Weights before a normalisation grow with momentum, and not where the step is projected: the norm
 * after 500 steps at learning rate 0.02 from a norm of 1, and the angle that is left.
 */
final class WeightGrowth {
  private static final double RATE = 0.02;

  private static final List<String> PIPELINES =
      List.of(
          "sgd",
          "sgd(momentum=0.9)",
          "sgd(momentum=0.99)",
          "sgdp(momentum=0.9)",
          "sgdp(momentum=0.99)");

  private WeightGrowth() {}

  static String table() {
    var table = new Table("optimizer", "norm after 500 steps", "angle left, degrees");
    for (var pipeline : PIPELINES) {
      var walk = Walk.of(Landscape.DIRECTION, Group.all(Rules.parse(pipeline), RATE));
      var end = walk.end();
      table.row(
          pipeline,
          Table.number(Math.hypot(end.x(), end.y()), 3),
          Table.number(Math.toDegrees(Math.abs(Math.atan2(end.y(), end.x()))), 2));
    }
    return table.toString();
  }
}

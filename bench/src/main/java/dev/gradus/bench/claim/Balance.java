package dev.gradus.bench.claim;

import dev.gradus.Group;
import dev.gradus.Rules;
import dev.gradus.bench.Table;
import dev.gradus.cli.toy.Landscape;
import dev.gradus.cli.toy.Point;
import dev.gradus.cli.toy.Walk;
import dev.gradus.schedule.Polynomial;
import java.util.List;

/**
 * Two layers of one weight each, (x y − 1)²: which of all lowest points 20,000 steps with a
 * learning rate that falls to 0 end at. The flattest is x = y = 1.
 */
final class Balance {
  private static final int STEPS = 20_000;
  private static final List<Point> STARTS = List.of(new Point(3, 0.1), new Point(4, 0.5));

  private record Entrant(String pipeline, double learningRate) {}

  private static final List<Entrant> ENTRANTS =
      List.of(
          new Entrant("novograd(beta2=0.5)", 0.003),
          new Entrant("novograd(beta2=0.5, weightDecay=0.1)", 0.003),
          new Entrant("adamw(beta1=0.95, beta2=0.5, weightDecay=0.1)", 0.01),
          new Entrant("adam(beta1=0.95, beta2=0.5, weightDecay=0.1)", 0.01),
          new Entrant("sgd(momentum=0.95, weightDecay=0.1)", 0.01));

  private Balance() {}

  static String table() {
    var table = new Table("optimizer", "learning rate", "end from (3, 0.1)", "end from (4, 0.5)");
    for (var entrant : ENTRANTS) {
      table.row(
          entrant.pipeline(),
          Double.toString(entrant.learningRate()),
          end(entrant, STARTS.getFirst()),
          end(entrant, STARTS.getLast()));
    }
    return table.toString();
  }

  private static String end(Entrant entrant, Point start) {
    var group =
        Group.all(Rules.parse(entrant.pipeline()), entrant.learningRate())
            .withSchedule(new Polynomial(2, 0));
    var end = Walk.of(Landscape.PRODUCT, group, start, STEPS).end();
    return "(%s, %s)".formatted(Table.number(end.x(), 3), Table.number(end.y(), 3));
  }
}

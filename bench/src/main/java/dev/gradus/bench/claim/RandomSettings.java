package dev.gradus.bench.claim;

import dev.gradus.Group;
import dev.gradus.Rules;
import dev.gradus.bench.Table;
import dev.gradus.cli.toy.Landscape;
import dev.gradus.cli.toy.Point;
import dev.gradus.cli.toy.Walk;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Multiplicative and hybrid updates with random settings: how far from the minimum 100 steps end.
 *
 * <p>400 settings, the same for all: the learning rate from 1e-4 to 1, innerRate from 1e-3 to 10
 * and outerRate from 1e-3 to 1, each uniform in its logarithm, and gamma uniform in [0, 1]. A walk
 * that ends farther off than it began, or is no longer finite, counts as 1.
 */
final class RandomSettings {
  private static final int SETTINGS = 400;
  private static final int STEPS = 100;
  private static final long SEED = 1;

  private static final List<String> BASES = List.of("sgd", "adagrad", "adam", "rmsprop");

  private record Start(String name, Landscape landscape, Point place) {}

  private static final List<Start> STARTS =
      List.of(
          new Start("bowl from (66, 21)", Landscape.BOWL, new Point(66, 21)),
          new Start("bowl from (−66, 21)", Landscape.BOWL, new Point(-66, 21)),
          new Start("Rosenbrock from (3, 1.5)", Landscape.ROSENBROCK, new Point(3, 1.5)),
          new Start("Rosenbrock from (0.5, 3)", Landscape.ROSENBROCK, new Point(0.5, 3)),
          new Start("Rosenbrock from (1.5, 3)", Landscape.ROSENBROCK, new Point(1.5, 3)),
          new Start("Rosenbrock from (3, 0.5)", Landscape.ROSENBROCK, new Point(3, 0.5)));

  /** The numbers of one draw. */
  private record Draw(double learningRate, double innerRate, double outerRate, double gamma) {
    static Draw of(SplittableRandom random) {
      return new Draw(
          Math.pow(10, random.nextDouble(-4, 0)),
          Math.pow(10, random.nextDouble(-3, 1)),
          Math.pow(10, random.nextDouble(-3, 0)),
          random.nextDouble());
    }

    String multiplicative(String base) {
      return "%s | multiplicative(innerRate=%s, outerRate=%s, zero=stuck)"
          .formatted(base, innerRate, outerRate);
    }

    String hybrid(String base) {
      return "%s | hybrid(gamma=%s, innerRate=%s, outerRate=%s, zero=stuck)"
          .formatted(base, gamma, innerRate, outerRate);
    }
  }

  private RandomSettings() {}

  static String table() {
    var table =
        new Table("mean and least relative distance", "additive", "multiplicative", "hybrid");
    var random = new SplittableRandom(SEED);
    var draws = Stream.generate(() -> Draw.of(random)).limit(SETTINGS).toList();
    for (var start : STARTS) {
      for (var base : BASES) {
        table.row(
            start.name() + ", " + base,
            cell(draws, start, _ -> base),
            cell(draws, start, draw -> draw.multiplicative(base)),
            cell(draws, start, draw -> draw.hybrid(base)));
      }
    }
    return table.toString();
  }

  private static String cell(List<Draw> draws, Start start, Function<Draw, String> pipeline) {
    double[] distances =
        draws.stream()
            .mapToDouble(draw -> distance(start, pipeline.apply(draw), draw.learningRate()))
            .sorted()
            .toArray();
    return String.format(
        Locale.ROOT, "%.2f, %.1e", Arrays.stream(distances).average().orElseThrow(), distances[0]);
  }

  /** The distance from the minimum at the end as a share of that at the start, at most 1. */
  private static double distance(Start start, String pipeline, double learningRate) {
    var group = Group.all(Rules.parse(pipeline), learningRate);
    var walk = Walk.of(start.landscape(), group, start.place(), STEPS);
    var minimum = start.landscape().minimum().orElseThrow();
    boolean whole = walk.points().size() == STEPS + 1;
    double share = walk.end().distance(minimum) / start.place().distance(minimum);
    return whole ? Math.min(1, share) : 1;
  }
}

package dev.gradus.cli.report;

import dev.gradus.Rules;
import dev.gradus.UserException;
import dev.gradus.cli.explain.Cost;
import dev.gradus.cli.explain.Remembered;
import dev.gradus.cli.run.Result;
import dev.gradus.cli.run.Sent;
import dev.gradus.equation.Equations;
import dev.gradus.equation.Pipeline;
import dev.gradus.equation.Shape;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a side costs. What is not known is not a number.
 *
 * @param weights how many weights the network has; 0 if unknown
 * @param stateBytes what the optimizer keeps, in bytes per weight of a large matrix
 * @param movedBytes what its step reads and writes, in bytes per weight
 * @param milliseconds the mean time of a step of the training, network included
 * @param bandwidthMilliseconds the least time for the optimizer's bytes alone
 * @param sentBytes what a worker sends in a step
 * @param compression by how much that is less than without compression
 */
public record Expense(
    long weights,
    double stateBytes,
    double movedBytes,
    double milliseconds,
    double bandwidthMilliseconds,
    double sentBytes,
    double compression) {
  private static final Shape LARGE = Shape.of(1024, 1024);

  static Expense of(Side side, @Nullable Double bandwidth) {
    long weights = side.runs().stream().mapToLong(run -> run.summary().weights()).max().orElse(0);
    var memory = memory(side.runs());
    double moved = memory.map(Memory::moved).orElse(Double.NaN);
    double least =
        bandwidth == null || weights == 0 ? Double.NaN : 1e3 * weights * moved / bandwidth;
    return new Expense(
        weights,
        memory.map(Memory::kept).orElse(Double.NaN),
        moved,
        mean(results(side).filter(r -> r.steps() > 0), r -> 1e3 * r.seconds() / r.steps()),
        least,
        sent(side, Sent::bytesPerStep),
        sent(side, Sent::compression));
  }

  /** What a pipeline keeps and moves, in bytes per weight. */
  private record Memory(double kept, double moved) {
    static Memory of(Pipeline pipeline) {
      var equations = Equations.of(pipeline, LARGE);
      return new Memory(
          Remembered.of(equations, LARGE).stream().mapToDouble(Remembered::bytesPerWeight).sum(),
          Cost.of(equations, LARGE).stream().mapToDouble(c -> c.share() * c.bytesMoved()).sum());
    }
  }

  private static Optional<Memory> memory(List<Sample> runs) {
    try {
      return runs.stream().findFirst().map(r -> Memory.of(Rules.parse(r.setting("optimizer"))));
    } catch (UserException ofAnotherVersion) {
      return Optional.empty();
    }
  }

  private static double sent(Side side, ToDoubleFunction<Sent> figure) {
    return mean(results(side).map(Result::sent).filter(Objects::nonNull), figure);
  }

  private static Stream<Result> results(Side side) {
    return side.finite().stream().map(run -> run.summary().result()).filter(Objects::nonNull);
  }

  private static <T> double mean(Stream<T> all, ToDoubleFunction<T> figure) {
    return all.mapToDouble(figure).average().orElse(Double.NaN);
  }
}

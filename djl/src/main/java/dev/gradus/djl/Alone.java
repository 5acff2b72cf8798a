package dev.gradus.djl;

import dev.gradus.checkpoint.Checkpoint;
import dev.gradus.exchange.Traffic;
import dev.gradus.safetensors.Tensor;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.function.Consumer;
import java.util.function.LongFunction;

/** The only worker of a run: it agrees with itself. */
final class Alone implements Workers {

  @Override
  public int rank() {
    return 0;
  }

  @Override
  public int count() {
    return 1;
  }

  @Override
  public void requireSame(SequencedMap<String, String> facts) {}

  @Override
  public void align(CheckpointKeeper keeper, Consumer<String> problems) {}

  @Override
  public Optional<Checkpoint> share(Checkpoint leaders) {
    return Optional.empty();
  }

  @Override
  public List<Double> largest(List<Double> measured) {
    return measured;
  }

  /** The optimizer itself looks for gradients that are not finite. */
  @Override
  public Verdict agree(
      double loss, ParameterBinding gradients, Optional<String> diverged, long step) {
    var notFinite = Double.isFinite(loss) ? Optional.<String>empty() : Optional.of(Verdict.LOSS);
    return new Verdict(loss, notFinite, diverged);
  }

  @Override
  public Wishes agreed(LongFunction<Wishes> now, long step) {
    return now.apply(step);
  }

  @Override
  public void average(long step, ParameterBinding gradients) {}

  @Override
  public void compare(long step, ParameterBinding weights) {}

  @Override
  public void averageStatistics() {}

  @Override
  public List<Tensor> remembered() {
    return List.of();
  }

  @Override
  public void restore(long step, Map<String, Tensor> saved) {}

  @Override
  public Optional<Traffic> traffic() {
    return Optional.empty();
  }
}

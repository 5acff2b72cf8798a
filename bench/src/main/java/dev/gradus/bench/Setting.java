package dev.gradus.bench;

import dev.gradus.Group;
import dev.gradus.Optimizer;
import dev.gradus.Parameter;
import dev.gradus.Rules;
import dev.gradus.rule.AdamW;
import java.util.ArrayList;
import java.util.List;

/** A network's weights, gradients and AdamW states, and the contestants that work on them. */
final class Setting implements AutoCloseable {
  /** So small that weights stay what they are over any number of steps. */
  static final double LEARNING_RATE = 1e-5;

  private final List<Parameter> parameters;
  private final Memory memory;
  private final Moments moments;
  private final List<Optimizer> optimizers = new ArrayList<>();
  private final List<Cut> cuts = new ArrayList<>();

  Setting(String network) {
    parameters = Networks.named(network);
    memory = new Memory(parameters);
    moments = Moments.of(optimizer(Entrant.of("adamw", 1)));
  }

  Memory memory() {
    return memory;
  }

  Moments moments() {
    return moments;
  }

  Contestant contestant(Entrant entrant) {
    var pipeline = Rules.parse(entrant.pipeline());
    long bytes = Traffic.bytes(parameters, pipeline, entrant.checkFinite());
    return new Local(entrant.name(), bytes, work(entrant));
  }

  Runnable work(Entrant entrant) {
    return switch (entrant.work()) {
      case Entrant.HAND_WRITTEN -> handWritten(entrant.threads());
      case Entrant.STREAMING -> cut(entrant.threads()).walk(new Streaming(memory, moments));
      default -> generated(entrant);
    };
  }

  private Runnable generated(Entrant entrant) {
    Optimizer optimizer = optimizer(entrant);
    return () -> {
      if (!optimizer.step(memory).accepted()) {
        throw new IllegalStateException("A step was refused");
      }
    };
  }

  private Runnable handWritten(int threads) {
    var loop = new HandWrittenAdamW(new AdamW(), LEARNING_RATE, memory, moments);
    Runnable walk = cut(threads).walk(loop);
    return () -> {
      loop.begin();
      walk.run();
    };
  }

  private Cut cut(int threads) {
    var cut = new Cut(memory, threads);
    cuts.add(cut);
    return cut;
  }

  private Optimizer optimizer(Entrant entrant) {
    var group = Group.all(Rules.parse(entrant.work()), LEARNING_RATE).decayingEverything();
    var builder = Optimizer.of(parameters).group(group).threads(entrant.threads());
    var optimizer = (entrant.checkFinite() ? builder.checkFinite() : builder).build();
    optimizers.add(optimizer);
    return optimizer;
  }

  @Override
  public void close() {
    cuts.forEach(Cut::close);
    optimizers.forEach(Optimizer::close);
    memory.close();
  }
}

package dev.gradus.bench;

import dev.gradus.Group;
import dev.gradus.Optimizer;
import dev.gradus.Parameter;
import dev.gradus.Rules;
import dev.gradus.rule.AdamW;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A network's weights and gradients, and the contestants that work on them. Those who take AdamW's
 * steps share its states too, so that they find the same memory in the caches.
 */
final class Setting implements AutoCloseable {
  /** So small that weights stay what they are over any number of steps. */
  static final double LEARNING_RATE = 1e-5;

  private final List<Parameter> parameters;
  private final Memory memory;
  private final Map<Entrant, Optimizer> optimizers = new HashMap<>();
  private final List<Cut> cuts = new ArrayList<>();

  Setting(String network) {
    parameters = Networks.named(network);
    memory = new Memory(parameters);
  }

  Memory memory() {
    return memory;
  }

  /** The states that everyone who takes AdamW's steps in so many threads works on. */
  Moments moments(int threads) {
    return Moments.of(optimizer(Entrant.of("adamw", threads)));
  }

  Contestant contestant(Entrant entrant) {
    var pipeline = Rules.parse(entrant.pipeline());
    long bytes = Traffic.bytes(parameters, pipeline, entrant.checkFinite());
    return new Local(entrant.name(), bytes, work(entrant));
  }

  Runnable work(Entrant entrant) {
    return switch (entrant.work()) {
      case Entrant.HAND_WRITTEN -> handWritten(entrant.threads());
      case Entrant.STREAMING -> streaming(entrant.threads());
      case Entrant.LIBTORCH ->
          Peer.libtorch().orElseThrow().steps(parameters, memory, entrant.threads());
      case Entrant.DJL -> new DjlAdamW().steps(parameters, memory, entrant.threads());
      default -> generated(entrant);
    };
  }

  private Runnable streaming(int threads) {
    return cut(threads).walk(new Streaming(memory, moments(threads)));
  }

  private Runnable generated(Entrant entrant) {
    Optimizer optimizer = optimizer(entrant);
    return () -> {
      if (entrant.measured()) {
        optimizer.measureNextStep();
      }
      if (!optimizer.step(memory).accepted()) {
        throw new IllegalStateException("A step was refused");
      }
    };
  }

  private Runnable handWritten(int threads) {
    var loop = new HandWrittenAdamW(new AdamW(), LEARNING_RATE, memory, moments(threads));
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
    return optimizers.computeIfAbsent(entrant, this::build);
  }

  private Optimizer build(Entrant entrant) {
    var group = Group.all(Rules.parse(entrant.work()), LEARNING_RATE).decayingEverything();
    var builder = Optimizer.of(parameters).group(group).threads(entrant.threads());
    return (entrant.checkFinite() ? builder.checkFinite() : builder).build();
  }

  @Override
  public void close() {
    cuts.forEach(Cut::close);
    optimizers.values().forEach(Optimizer::close);
    memory.close();
  }
}

package dev.gradus.bench;

import dev.gradus.Group;
import dev.gradus.Optimizer;
import dev.gradus.Parameter;
import dev.gradus.Rules;
import dev.gradus.equation.Format;
import dev.gradus.rule.AdamW;
import java.util.ArrayList;
import java.util.EnumMap;
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
  private final Map<Format, Memory> memories = new EnumMap<>(Format.class);
  private final Map<Entrant, Optimizer> optimizers = new HashMap<>();
  private final List<Cut> cuts = new ArrayList<>();

  Setting(String network) {
    parameters = Networks.named(network);
  }

  Memory memory() {
    return memory(Format.FLOAT32);
  }

  private Memory memory(Format format) {
    return memories.computeIfAbsent(format, f -> new Memory(parameters(f)));
  }

  private List<Parameter> parameters(Format format) {
    return parameters.stream()
        .map(p -> new Parameter(p.name(), p.shape(), p.type(), format))
        .toList();
  }

  /** The states that everyone who takes AdamW's steps in so many threads works on. */
  Moments moments(int threads) {
    return Moments.of(optimizer(Entrant.of("adamw", threads)));
  }

  Contestant contestant(Entrant entrant) {
    var pipeline = Rules.parse(entrant.pipeline());
    long bytes = Traffic.bytes(parameters(entrant.format()), pipeline, entrant.checkFinite());
    return new Local(entrant.name(), bytes, work(entrant));
  }

  Runnable work(Entrant entrant) {
    return switch (entrant.work()) {
      case Entrant.HAND_WRITTEN -> handWritten(entrant.threads());
      case Entrant.STREAMING -> streaming(entrant.threads());
      case Entrant.LIBTORCH ->
          Peer.libtorch().orElseThrow().steps(parameters, memory(), entrant.threads());
      case Entrant.DJL -> new DjlAdamW().steps(parameters, memory(), entrant.threads());
      default -> generated(entrant);
    };
  }

  private Runnable streaming(int threads) {
    return cut(threads).walk(new Streaming(memory(), moments(threads)));
  }

  private Runnable generated(Entrant entrant) {
    Optimizer optimizer = optimizer(entrant);
    Memory memory = memory(entrant.format());
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
    var loop = new HandWrittenAdamW(new AdamW(), LEARNING_RATE, memory(), moments(threads));
    Runnable walk = cut(threads).walk(loop);
    return () -> {
      loop.begin();
      walk.run();
    };
  }

  private Cut cut(int threads) {
    var cut = new Cut(memory(), threads);
    cuts.add(cut);
    return cut;
  }

  private Optimizer optimizer(Entrant entrant) {
    return optimizers.computeIfAbsent(entrant, this::build);
  }

  private Optimizer build(Entrant entrant) {
    var group = Group.all(Rules.parse(entrant.work()), LEARNING_RATE).decayingEverything();
    var builder =
        Optimizer.of(parameters(entrant.format())).group(group).threads(entrant.threads());
    return (entrant.checkFinite() ? builder.checkFinite() : builder).build();
  }

  @Override
  public void close() {
    cuts.forEach(Cut::close);
    optimizers.values().forEach(Optimizer::close);
    memories.values().forEach(Memory::close);
  }
}

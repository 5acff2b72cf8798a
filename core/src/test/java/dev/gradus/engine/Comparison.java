package dev.gradus.engine;

import static java.lang.foreign.ValueLayout.JAVA_DOUBLE;
import static java.lang.foreign.ValueLayout.JAVA_FLOAT;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gradus.equation.Facts;
import dev.gradus.equation.State;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** Native passes against the pure equations, each step from the same single-precision state. */
final class Comparison implements Tensors, AutoCloseable {
  private static final double TOLERANCE = 2e-6;
  private static final double LEARNING_RATE = 0.01;

  private final Arena arena = Arena.ofShared();
  private final List<TensorEquations> tensors;
  private final Random random;
  private final NativeEngine engine;
  private final Doubles doubles;
  private final List<MemorySegment> weights = new ArrayList<>();
  private final List<MemorySegment> gradients = new ArrayList<>();
  private long steps;

  Comparison(List<TensorEquations> tensors, Random random, KernelSource kernels) {
    this.tensors = tensors;
    this.random = random;
    engine = new NativeEngine(tensors, 2, false, kernels, Layout.UNIT);
    doubles = new Doubles(tensors, random);
    for (int i = 0; i < tensors.size(); i++) {
      weights.add(arena.allocate(tensors.get(i).shape().size() * Float.BYTES, 64));
      gradients.add(arena.allocate(tensors.get(i).shape().size() * Float.BYTES, 64));
      narrow(doubles.weight(i), weights.get(i));
    }
  }

  /** The facts of a step, counted from 1. */
  static StepFacts facts(long step) {
    return (fact, tensor) -> {
      if (fact == Facts.SHARED_STEPS) {
        return step;
      }
      return fact == Facts.LEARNING_RATE ? LEARNING_RATE : 1;
    };
  }

  void step() {
    steps++;
    doubles.drawGradients(random);
    for (int i = 0; i < weights.size(); i++) {
      widen(weights.get(i), doubles.weight(i));
      narrow(doubles.gradient(i), gradients.get(i));
    }
    var reference = new ReferenceEngine(tensors, false);
    if (steps > 1) {
      copyStates(reference);
    }
    reference.step(doubles, facts(steps), false);
    engine.step(this, facts(steps), false);
    requireClose(reference);
  }

  private void copyStates(ReferenceEngine to) {
    for (int s = 0; s < engine.states().size(); s++) {
      StateTensor from = engine.states().get(s);
      MemorySegment target = to.states().get(s).values();
      if (from.bytesPerValue() == Float.BYTES) {
        widen(from.values(), target);
      } else {
        target.copyFrom(from.values());
      }
      to.markValued(to.states().get(s));
    }
  }

  private void requireClose(ReferenceEngine reference) {
    for (int i = 0; i < weights.size(); i++) {
      String about = tensors.get(i).name() + tensors.get(i).shape();
      double[] expected = doubles.weights(i);
      requireClose(weights.get(i), true, expected, largest(expected), about);
    }
    Map<State, Double> magnitudes = magnitudes(reference);
    for (int s = 0; s < engine.states().size(); s++) {
      StateTensor state = engine.states().get(s);
      double[] expected = values(reference.states().get(s));
      double magnitude =
          state.state().level().isScalar()
              ? largest(expected)
              : magnitudes.getOrDefault(state.state(), 0.0);
      requireClose(state.values(), state.bytesPerValue() == 4, expected, magnitude, state.key());
    }
  }

  /**
   * The largest value of a state over all tensors: in a single tensor of one weight gradient and
   * decay may all but cancel.
   */
  private static Map<State, Double> magnitudes(ReferenceEngine reference) {
    var magnitudes = new HashMap<State, Double>();
    for (StateTensor state : reference.states()) {
      magnitudes.merge(state.state(), largest(values(state)), Math::max);
    }
    return magnitudes;
  }

  private static double[] values(StateTensor state) {
    return state.values().toArray(JAVA_DOUBLE);
  }

  private static double largest(double[] values) {
    return Arrays.stream(values).map(Math::abs).max().orElseThrow();
  }

  private static void requireClose(
      MemorySegment actual, boolean single, double[] expected, double largest, String about) {
    for (int i = 0; i < expected.length; i++) {
      double a = single ? actual.getAtIndex(JAVA_FLOAT, i) : actual.getAtIndex(JAVA_DOUBLE, i);
      if (!(Math.abs(a - expected[i]) <= TOLERANCE * largest)) {
        assertThat(a).as("%s[%d], the largest being %s", about, i, largest).isEqualTo(expected[i]);
      }
    }
  }

  private static void narrow(@Nullable MemorySegment from, MemorySegment to) {
    for (long i = 0; from != null && i < to.byteSize() / Float.BYTES; i++) {
      to.setAtIndex(JAVA_FLOAT, i, (float) from.getAtIndex(JAVA_DOUBLE, i));
    }
  }

  private static void widen(MemorySegment from, MemorySegment to) {
    for (long i = 0; i < from.byteSize() / Float.BYTES; i++) {
      to.setAtIndex(JAVA_DOUBLE, i, from.getAtIndex(JAVA_FLOAT, i));
    }
  }

  @Override
  public MemorySegment weight(int index) {
    return weights.get(index);
  }

  @Override
  public MemorySegment gradient(int index) {
    return gradients.get(index);
  }

  @Override
  public void close() {
    engine.close();
    arena.close();
  }
}

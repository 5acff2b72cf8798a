package dev.gradus.engine;

import static java.lang.foreign.ValueLayout.JAVA_DOUBLE;
import static java.lang.foreign.ValueLayout.JAVA_FLOAT;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gradus.engine.InPlaceInterpreter.OneTensor;
import dev.gradus.equation.Equations;
import dev.gradus.equation.Facts;
import dev.gradus.equation.Pipeline;
import dev.gradus.equation.Shape;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Passes in place give the same as the pure equations, for pipelines drawn at random. */
class PlannerFuzzTest {
  private static final int PIPELINES = 200;
  private static final int STEPS = 6;
  private static final double LEARNING_RATE = 0.01;

  private long step;

  private final StepFacts facts =
      (fact, tensor) -> {
        if (fact == Facts.SHARED_STEPS) {
          return step;
        }
        return fact == Facts.LEARNING_RATE ? LEARNING_RATE : 1;
      };

  @Test
  void plansInPlaceEqualThePureEquationsBitForBit() {
    var random = new Random(7);
    int severalPasses = 0;
    for (int k = 0; k < PIPELINES; k++) {
      List<TensorEquations> tensors = draw(random);
      var interpreter = new InPlaceInterpreter(tensors, facts);
      var reference = new ReferenceEngine(tensors, false);
      var memory = new Doubles(tensors, random);
      for (int i = 0; i < tensors.size(); i++) {
        interpreter.tensors().get(i).memory.put(Facts.WEIGHT, memory.weights(i));
      }
      interpreter.start();
      for (step = 1; step <= STEPS; step++) {
        memory.drawGradients(random);
        for (int i = 0; i < tensors.size(); i++) {
          interpreter.tensors().get(i).memory.put(Facts.GRADIENT, memory.gradients(i));
        }
        reference.step(memory, facts, false);
        interpreter.step();
        requireEqual(tensors, interpreter, reference, memory);
        severalPasses += interpreter.tensors().stream().anyMatch(t -> t.passes() > 2) ? 1 : 0;
      }
    }
    assertThat(severalPasses).isGreaterThan(PIPELINES);
  }

  private static void requireEqual(
      List<TensorEquations> tensors,
      InPlaceInterpreter interpreter,
      ReferenceEngine reference,
      Doubles memory) {
    for (int i = 0; i < tensors.size(); i++) {
      OneTensor planned = interpreter.tensors().get(i);
      assertThat(planned.memory(Facts.WEIGHT))
          .as(tensors.get(i).name())
          .containsExactly(memory.weights(i));
    }
    for (StateTensor state : reference.states()) {
      OneTensor planned =
          interpreter.tensors().stream()
              .filter(t -> t.tensor.name().equals(state.tensor()))
              .findFirst()
              .orElseThrow();
      assertThat(planned.memory(state.state().old()))
          .as(state.key())
          .containsExactly(state.values().toArray(JAVA_DOUBLE));
    }
  }

  @Test
  void nativePassesStayCloseToThePureEquations() {
    for (KernelSource kernels : List.of(new VectorKernels(), new BlockKernels())) {
      var random = new Random(11);
      for (int k = 0; k < PIPELINES / 4; k++) {
        requireClose(draw(random), random, kernels);
      }
    }
  }

  /** One step each time from the same single-precision state. */
  private void requireClose(List<TensorEquations> tensors, Random random, KernelSource kernels) {
    try (var arena = Arena.ofShared();
        var engine = new NativeEngine(tensors, 2, false, kernels)) {
      var doubles = new Doubles(tensors, random);
      var floats = new Floats(arena, tensors, doubles);
      for (step = 1; step <= STEPS; step++) {
        doubles.drawGradients(random);
        floats.copyFrom(doubles);
        var reference = new ReferenceEngine(tensors, false);
        floats.copyStates(engine, reference, step > 1);
        reference.step(doubles, facts, false);
        engine.step(floats, facts, false);
        floats.requireClose(doubles, engine, reference);
        floats.copyTo(doubles);
      }
    }
  }

  private static List<TensorEquations> draw(Random random) {
    var tensors = new ArrayList<TensorEquations>();
    var shapes =
        List.of(
            Shape.of(4 + random.nextInt(3), 4 + random.nextInt(40)),
            Shape.of(5 + random.nextInt(60)),
            Shape.of(3, 2, 3, 3));
    for (int i = 0; i < shapes.size(); i++) {
      Pipeline pipeline = Drawn.pipeline(random);
      tensors.add(
          new TensorEquations("t" + i, shapes.get(i), Equations.of(pipeline, shapes.get(i))));
    }
    return tensors;
  }

  /** Weights and gradients on the heap, in double. */
  private static final class Doubles implements Tensors {
    private final List<MemorySegment> weights = new ArrayList<>();
    private final List<MemorySegment> gradients = new ArrayList<>();

    Doubles(List<TensorEquations> tensors, Random random) {
      for (TensorEquations tensor : tensors) {
        int size = (int) tensor.shape().size();
        weights.add(MemorySegment.ofArray(random.doubles(size, -1, 1).toArray()));
        gradients.add(MemorySegment.ofArray(new double[size]));
      }
    }

    void drawGradients(Random random) {
      for (MemorySegment gradient : gradients) {
        for (long i = 0; i < gradient.byteSize() / Double.BYTES; i++) {
          gradient.setAtIndex(JAVA_DOUBLE, i, (float) (2 * random.nextDouble() - 1));
        }
      }
    }

    double[] weights(int i) {
      return weights.get(i).toArray(JAVA_DOUBLE);
    }

    double[] gradients(int i) {
      return gradients.get(i).toArray(JAVA_DOUBLE);
    }

    @Override
    public MemorySegment weight(int index) {
      return weights.get(index);
    }

    @Override
    public @Nullable MemorySegment gradient(int index) {
      return gradients.get(index);
    }
  }

  /** The same in native memory, in single precision. */
  private static final class Floats implements Tensors {
    private static final double TOLERANCE = 2e-6;
    private final List<MemorySegment> weights = new ArrayList<>();
    private final List<MemorySegment> gradients = new ArrayList<>();

    Floats(Arena arena, List<TensorEquations> tensors, Doubles initial) {
      for (TensorEquations tensor : tensors) {
        weights.add(arena.allocate(tensor.shape().size() * Float.BYTES, 64));
        gradients.add(arena.allocate(tensor.shape().size() * Float.BYTES, 64));
      }
      for (int i = 0; i < weights.size(); i++) {
        narrow(initial.weight(i), weights.get(i));
      }
      copyTo(initial);
    }

    void copyFrom(Doubles doubles) {
      for (int i = 0; i < gradients.size(); i++) {
        narrow(doubles.gradients.get(i), gradients.get(i));
      }
    }

    void copyTo(Doubles doubles) {
      for (int i = 0; i < weights.size(); i++) {
        widen(weights.get(i), doubles.weight(i));
      }
    }

    void copyStates(NativeEngine from, ReferenceEngine to, boolean started) {
      for (int s = 0; s < from.states().size() && started; s++) {
        StateTensor state = from.states().get(s);
        MemorySegment target = to.states().get(s).values();
        if (state.bytesPerValue() == Float.BYTES) {
          widen(state.values(), target);
        } else {
          MemorySegment.copy(state.values(), 0, target, 0, target.byteSize());
        }
        to.markValued(to.states().get(s));
      }
    }

    void requireClose(Doubles doubles, NativeEngine engine, ReferenceEngine reference) {
      for (int i = 0; i < weights.size(); i++) {
        requireClose(weights.get(i), true, doubles.weights(i), "weight " + i);
      }
      for (int s = 0; s < engine.states().size(); s++) {
        StateTensor state = engine.states().get(s);
        double[] expected = reference.states().get(s).values().toArray(JAVA_DOUBLE);
        requireClose(state.values(), state.bytesPerValue() == 4, expected, state.key());
      }
    }

    private static void requireClose(
        MemorySegment actual, boolean single, double[] expected, String about) {
      double largest = 0;
      for (double e : expected) {
        largest = Math.max(largest, Math.abs(e));
      }
      for (int i = 0; i < expected.length; i++) {
        double a = single ? actual.getAtIndex(JAVA_FLOAT, i) : actual.getAtIndex(JAVA_DOUBLE, i);
        assertThat(Math.abs(a - expected[i]))
            .as("%s[%d]: %s instead of %s", about, i, a, expected[i])
            .isLessThanOrEqualTo(TOLERANCE * largest);
      }
    }

    private static void narrow(MemorySegment from, MemorySegment to) {
      for (long i = 0; i < to.byteSize() / Float.BYTES; i++) {
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
    public @Nullable MemorySegment gradient(int index) {
      return gradients.get(index);
    }
  }
}

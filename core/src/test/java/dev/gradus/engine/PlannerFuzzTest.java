package dev.gradus.engine;

import static java.lang.foreign.ValueLayout.JAVA_DOUBLE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gradus.engine.InPlaceInterpreter.OneTensor;
import dev.gradus.equation.Equations;
import dev.gradus.equation.Facts;
import dev.gradus.equation.Format;
import dev.gradus.equation.Pipeline;
import dev.gradus.equation.Shape;
import dev.gradus.plan.Residence;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Passes in place give the same as the pure equations, for pipelines drawn at random. */
class PlannerFuzzTest {
  private static final int PIPELINES = 200;
  private static final int STEPS = 6;

  @ParameterizedTest
  @CsvSource({"MEMORY, FLOAT32", "CACHE, FLOAT32", "MEMORY, BFLOAT16", "CACHE, BFLOAT16"})
  void plansInPlaceEqualThePureEquationsBitForBit(Residence residence, Format format) {
    var random = new Random(7);
    int severalPasses = 0;
    int scratch = 0;
    for (int k = 0; k < PIPELINES; k++) {
      List<TensorEquations> tensors = draw(random);
      var stored = tensors.stream().map(tensor -> in(format, tensor)).toList();
      var interpreter = new InPlaceInterpreter(stored, residence);
      var reference = new ReferenceEngine(tensors, false);
      var memory = new Doubles(tensors, random);
      for (int i = 0; i < tensors.size(); i++) {
        interpreter.tensors().get(i).memory.put(Facts.WEIGHT, memory.weights(i));
      }
      interpreter.start();
      for (int step = 1; step <= STEPS; step++) {
        memory.drawGradients(random);
        for (int i = 0; i < tensors.size(); i++) {
          interpreter.tensors().get(i).memory.put(Facts.GRADIENT, memory.gradients(i));
        }
        reference.step(memory, Comparison.facts(step), false);
        interpreter.step(Comparison.facts(step));
        requireEqual(tensors, interpreter, reference, memory);
        severalPasses += interpreter.tensors().stream().anyMatch(t -> t.passes() > 2) ? 1 : 0;
        scratch += interpreter.tensors().stream().anyMatch(OneTensor::usesScratch) ? 1 : 0;
      }
    }
    assertThat(severalPasses).isGreaterThan(PIPELINES);
    assertThat(scratch > PIPELINES).isEqualTo(residence == Residence.CACHE);
  }

  private static TensorEquations in(Format format, TensorEquations t) {
    return new TensorEquations(t.name(), t.shape(), t.equations(), format);
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
        try (var comparison = new Comparison(draw(random), random, kernels)) {
          for (int step = 1; step <= STEPS; step++) {
            comparison.step();
          }
        }
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
}

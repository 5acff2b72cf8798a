package dev.gradus.djl;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gradus.Parameter;
import dev.gradus.ParameterType;
import dev.gradus.engine.Tensors;
import dev.gradus.equation.Shape;
import dev.gradus.safetensors.Dtype;
import dev.gradus.safetensors.Tensor;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Means of gradients in which each look keeps a share of the looks before. */
class RecentGradientsTest {
  private final Given first = new Given(8, -4);
  private final Given second = new Given(16);

  /** The gradient of one tensor. */
  private record Given(MemorySegment memory) {
    Given(float... values) {
      this(MemorySegment.ofArray(values));
    }

    float[] values() {
      return memory.toArray(ValueLayout.JAVA_FLOAT);
    }
  }

  private record Gradients(List<Given> given) implements Tensors {
    @Override
    public MemorySegment weight(int index) {
      throw new AssertionError("nobody needs weights");
    }

    @Override
    public MemorySegment gradient(int index) {
      return given.get(index).memory();
    }
  }

  private static RecentGradients begin() {
    return new RecentGradients(
        List.of(
            new Parameter("a", Shape.of(2), ParameterType.WEIGHT),
            new Parameter("b", Shape.of(1), ParameterType.BIAS)),
        0.75,
        Arena.ofAuto());
  }

  private static Tensors now(Given... gradients) {
    return new Gradients(List.of(gradients));
  }

  @Test
  void aLookKeepsAShareOfTheLooksBefore() {
    var recent = begin();
    recent.replace(now(first, second));
    assertThat(first.values()).containsExactly(2, -1);
    var later = new Given(4, 4);
    recent.replace(now(later, new Given(0)));
    assertThat(later.values()).containsExactly(1.5f + 1, -0.75f + 1);
  }

  @ParameterizedTest
  @ValueSource(floats = {Float.NaN, Float.NEGATIVE_INFINITY})
  void whatIsNotFiniteIsNotRemembered(float value) {
    var recent = begin();
    recent.replace(now(first, second));
    var broken = new Given(value);
    var beside = new Given(4, 4);
    recent.replace(now(beside, broken));
    assertThat(broken.values()).containsExactly(value);
    assertThat(beside.values()).containsExactly(4, 4);
    assertThat(recent.state().getLast().floats()).containsExactly(4);
  }

  @Test
  void savedMeansGoOnAndThoseThatAreMissingBeginAtZero() {
    var recent = begin();
    recent.replace(now(first, second));
    var saved = recent.state().stream().collect(Collectors.toMap(Tensor::name, tensor -> tensor));
    assertThat(saved)
        .containsOnlyKeys("instances/trusted-gradient/a", "instances/trusted-gradient/b");
    var later = begin();
    later.restore(
        Map.of("instances/trusted-gradient/a", saved.get("instances/trusted-gradient/a")));
    assertThat(later.state().getFirst().floats()).containsExactly(2, -1);
    assertThat(later.state().getLast().floats()).containsExactly(0);
    assertThat(later.state()).allMatch(tensor -> tensor.dtype() == Dtype.F32);
  }
}

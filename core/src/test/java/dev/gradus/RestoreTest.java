package dev.gradus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gradus.equation.Shape;
import dev.gradus.safetensors.Tensor;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** What becomes of the states of a checkpoint. */
class RestoreTest {
  private static final List<Parameter> TWO = Run.parameters(Shape.of(2, 3), Shape.of(4));

  private static Run run(String pipeline) {
    return Run.of(Rules.parse(pipeline), TWO, UnaryOperator.identity());
  }

  private static Map<String, Tensor> stored(Run run) {
    var stored = new LinkedHashMap<String, Tensor>();
    run.optimizer().state().forEach(state -> stored.put(state.name(), state));
    return stored;
  }

  @Test
  void otherTensorsAreIgnored() {
    try (Run run = run("adam").steps(2);
        Run resumed = run("adam")) {
      Map<String, Tensor> stored = stored(run);
      stored.put("a", Tensor.of("a", List.of(2L), 1f, 2f));
      stored.put("c/m", Tensor.of("c/m", List.of(2L), 1f, 2f));
      resumed.optimizer().restore(2, stored);
      assertThat(resumed.optimizer().steps()).isEqualTo(2);
      assertThat(stored(resumed).keySet()).isEqualTo(stored(run).keySet());
    }
  }

  @Test
  void aStateOfAnotherShapeIsRefusedAndNothingChanged() {
    try (Run run = run("adam").steps(2)) {
      Map<String, byte[]> before = run.bits();
      Map<String, Tensor> stored = new LinkedHashMap<>();
      stored.put("a/m", Tensor.of("a/m", List.of(2L, 3L), 1, 2, 3, 4, 5, 6f));
      stored.put("b/v", Tensor.of("b/v", List.of(), 1f));
      assertThatThrownBy(() -> run.optimizer().restore(9, stored))
          .isInstanceOf(UserException.class)
          .hasMessage(
              "State 'b/v' is F32[] in the checkpoint, but the optimizer keeps F32[4]; continue"
                  + " with the pipeline and network of the checkpoint.");
      assertThat(run.bits()).usingRecursiveComparison().isEqualTo(before);
      assertThat(run.optimizer().steps()).isEqualTo(2);
    }
  }

  @Test
  void aStateOfAnotherTypeIsRefused() {
    try (Run run = run("adam")) {
      Map<String, Tensor> stored = Map.of("b/v", Tensor.of("b/v", List.of(4L), 1, 2, 3, 4d));
      assertThatThrownBy(() -> run.optimizer().restore(1, stored))
          .isInstanceOf(UserException.class)
          .hasMessageStartingWith("State 'b/v' is F64[4] in the checkpoint");
    }
  }

  @Test
  void aNegativeCountIsRefused() {
    try (Run run = run("adam")) {
      assertThatThrownBy(() -> run.optimizer().restore(-1, Map.of()))
          .isInstanceOf(UserException.class)
          .hasMessage("A checkpoint after -1 steps is not possible.");
    }
  }

  @Test
  void statesThatAreMissingStartAfresh() {
    try (Run run = run("adam | ema(0.5)").steps(3);
        Run fresh = run("adam | ema(0.5)")) {
      Map<String, Tensor> nothing = Map.of();
      run.optimizer().restore(0, nothing);
      for (int i = 0; i < TWO.size(); i++) {
        fresh.weight(i).copyFrom(run.weight(i));
      }
      assertThat(run.bits()).usingRecursiveComparison().isEqualTo(fresh.bits());
      run.steps(2);
      fresh.steps(2);
      assertThat(run.bits()).usingRecursiveComparison().isEqualTo(fresh.bits());
    }
  }

  /** Its initial value is the weight, which is not known before the first step. */
  @Test
  void aStateWithoutAValueIsNotSaved() {
    try (Run run = run("adam | ema(0.5)")) {
      assertThat(stored(run)).containsKey("a/m").doesNotContainKey("a/ema");
      run.setAbsent(1, true);
      run.step();
      assertThat(stored(run)).containsKey("a/ema").doesNotContainKey("b/ema");
    }
  }

  @Test
  void aRefusedFirstStepGivesNoStateItsValue() {
    try (Run run = Run.of(Rules.parse("adam | ema(0.5)"), TWO, OptimizerBuilder::checkFinite)) {
      run.drawGradients(1);
      run.write(run.gradientMemory(1), 0, Float.NaN);
      assertThat(run.optimizer().step(run).accepted()).isFalse();
      assertThat(stored(run)).doesNotContainKey("a/ema");
    }
  }

  /** m and v mean the same in both rules; the average of weights is new. */
  @Test
  void statesGoOnUnderAnotherPipeline() {
    try (Run before = run("adam").steps(3);
        Run after = run("clip-norm(100) | adamp | ema(0.5)")) {
      after.resume(before);
      assertThat(after.bits()).containsEntry("a/m", before.bits().get("a/m"));
      after.step();
      assertThat(stored(after)).containsKey("a/ema");
    }
  }
}

package dev.gradus;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gradus.checkpoint.Checkpoint;
import dev.gradus.checkpoint.CheckpointFolder;
import dev.gradus.checkpoint.Retention;
import dev.gradus.equation.Format;
import dev.gradus.equation.Shape;
import dev.gradus.safetensors.Dtype;
import dev.gradus.safetensors.Tensor;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Parameters of 16 bits, through a checkpoint and with wrong memory. */
class FormatTest {
  private static final List<Parameter> BOTH = Run.inBothFormats(Shape.of(3, 5), Shape.of(40));

  @TempDir Path folder;

  @Test
  void weightsComeBackFromACheckpointAndGoOnWithTheSameBits() throws Exception {
    try (Run whole = run().steps(3);
        Run resumed = run();
        var checkpoints = CheckpointFolder.open(folder, Retention.STANDARD);
        var arena = Arena.ofShared()) {
      checkpoints.write(new Checkpoint(Map.of(), tensors(whole)), 3);
      Checkpoint read = checkpoints.newest(arena, _ -> {}).orElseThrow().checkpoint();
      assertThat(read.tensor("a").dtype()).isEqualTo(Dtype.F32);
      assertThat(read.tensor("b").dtype()).isEqualTo(Dtype.BF16);
      assertThat(read.tensor("b/m").dtype()).isEqualTo(Dtype.F32);
      for (int i = 0; i < BOTH.size(); i++) {
        resumed.weight(i).copyFrom(read.tensor(BOTH.get(i).name()).data());
      }
      resumed.optimizer().restore(3, read.tensors());
      whole.steps(2);
      resumed.steps(2);
      for (int i = 0; i < BOTH.size(); i++) {
        assertThat(resumed.weight(i).toArray(JAVA_BYTE))
            .isEqualTo(whole.weight(i).toArray(JAVA_BYTE));
      }
    }
  }

  private static Run run() {
    return Run.of(Rules.parse("adamw"), BOTH, UnaryOperator.identity());
  }

  private static List<Tensor> tensors(Run run) {
    var tensors = new ArrayList<>(run.optimizer().state());
    IntStream.range(0, BOTH.size())
        .mapToObj(i -> BOTH.get(i).tensor(run.weight(i)))
        .forEach(tensors::add);
    return tensors;
  }

  @Test
  void memoryOfTheOtherFormatIsRefused() {
    var parameter = Run.in(Run.parameters(Shape.of(3, 5)).getFirst(), Format.BFLOAT16);
    var floats = MemorySegment.ofArray(new float[15]);
    assertThatThrownBy(() -> parameter.tensor(floats)).isInstanceOf(IllegalArgumentException.class);
    try (Run halves = Run.of(Rules.parse("sgd"), List.of(parameter), UnaryOperator.identity());
        Run whole = Run.of(Rules.parse("sgd"), BOTH.subList(0, 1), UnaryOperator.identity())) {
      assertThatThrownBy(() -> halves.optimizer().step(whole))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageStartingWith(
              "The memory given for tensor 'a' of shape [3, 5] has 60 bytes instead of 30");
    }
  }
}

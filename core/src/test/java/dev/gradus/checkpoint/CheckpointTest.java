package dev.gradus.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gradus.safetensors.Dtype;
import dev.gradus.safetensors.Tensor;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import org.junit.jupiter.api.Test;

class CheckpointTest {
  @Test
  void whatCannotBeKeptIsRefused() {
    assertThatThrownBy(() -> new Checkpoint(Map.of("gradus.step", "1"), List.of()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("The metadata key gradus.step is reserved; choose one without gradus.");
    var tensor = Tensor.of("w", List.of(1L), 1f);
    assertThatThrownBy(() -> new Checkpoint(Map.of(), List.of(tensor, tensor)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Two tensors are named w; rename one of them.");
  }

  @Test
  void aTensorThatIsMissingIsNamed() {
    assertThatThrownBy(() -> Samples.of(1).tensor("w"))
        .isInstanceOf(NoSuchElementException.class)
        .hasMessage("The checkpoint has no tensor w; it seems to be of another network.");
  }

  @Test
  void aSnapshotSharesNoMemory() {
    var live = MemorySegment.ofArray(new byte[] {1, 2});
    var checkpoint =
        new Checkpoint(Map.of("k", "v"), List.of(new Tensor("w", Dtype.U8, List.of(2L), live)));
    try (var arena = Arena.ofConfined()) {
      var snapshot = checkpoint.snapshot(arena);
      live.fill((byte) 9);
      assertThat(snapshot.tensor("w").data().toArray(ValueLayout.JAVA_BYTE)).containsExactly(1, 2);
      assertThat(snapshot.metadata()).isEqualTo(checkpoint.metadata());
    }
  }

  @Test
  void atLeastOneCheckpointIsKept() {
    assertThatThrownBy(() -> new Retention(0, Retention.Better.LOWER))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("At least 1 checkpoint must be kept, not 0; choose a larger number.");
  }
}

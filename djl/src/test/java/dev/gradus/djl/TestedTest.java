package dev.gradus.djl;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gradus.checkpoint.Retention.Better;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The test examples are read with the best weights and with the last. */
class TestedTest {
  @TempDir Path folder;

  private static TrainingResult run(Better better, Path checkpoints) {
    try (var network = Tiny.plain()) {
      return Tiny.training(network, Tiny.data())
          .epochs(3)
          .chooseBy(new Choice("loss", better))
          .checkpoints(Checkpoints.in(checkpoints).resuming())
          .run();
    }
  }

  @Test
  void withTheLastWeightsToo() {
    var lastIsBest = run(Better.LOWER, folder.resolve("lower"));
    assertThat(lastIsBest.bestEpoch()).isEqualTo(2);
    assertThat(lastIsBest.lastTest()).isNotEmpty().isEqualTo(lastIsBest.test());
    var firstIsBest = run(Better.HIGHER, folder.resolve("higher"));
    assertThat(firstIsBest.bestEpoch()).isZero();
    assertThat(firstIsBest.lastTest())
        .isEqualTo(lastIsBest.test())
        .isNotEqualTo(firstIsBest.test());
  }

  @Test
  void andAFinishedRunRemembersBoth() {
    var whole = run(Better.HIGHER, folder);
    var again = run(Better.HIGHER, folder);
    assertThat(again.outcome()).isEqualTo(TrainingResult.Outcome.ALREADY_FINISHED);
    assertThat(again.test()).isEqualTo(whole.test());
    assertThat(again.lastTest()).isEqualTo(whole.lastTest());
  }
}

package dev.gradus.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gradus.checkpoint.CheckpointException;
import dev.gradus.checkpoint.StoredCheckpoint;
import dev.gradus.cli.run.RunFiles;
import dev.gradus.djl.telemetry.Measurement;
import dev.gradus.djl.telemetry.Metrics;
import java.lang.foreign.Arena;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every option comes through to the training: a run with none at its default. */
class TrainOptionsTest {
  @TempDir static Path temporary;

  private static RunFiles files() {
    return new RunFiles(temporary.resolve("run"));
  }

  @BeforeAll
  static void train() {
    var run =
        Invocation.of(
            "train",
            "--out=" + files().folder(),
            "--test=0.3",
            "--validation=0.2",
            "--split-seed=4",
            "--class-weights=balanced",
            "--model=mlp(width=8)",
            "--optimizer=adam | project",
            "--lr=0.125",
            "--schedule=linear",
            "--augment=crop(2)",
            "--best-by=accuracy",
            "--epochs=1",
            "--patience=3",
            "--min-improvement=0.01",
            "--batch=256",
            "--accumulation=2",
            "--seed=9",
            "--threads=2",
            "--optimizer-threads=2",
            "--skip-nonfinite",
            "--measure-every=3",
            "--checkpoint-every=2",
            "--keep=2");
    assertThat(run.code()).describedAs(run.err()).isZero();
  }

  private static Map<String, String> texts() throws CheckpointException {
    try (var arena = Arena.ofConfined()) {
      var last = files().checkpoints().resolve("step-000000005.safetensors");
      return StoredCheckpoint.read(last, arena).checkpoint().metadata();
    }
  }

  @Test
  void theCheckpointNamesThem() throws CheckpointException {
    assertThat(texts())
        .containsEntry("identity.network", "mlp(width=8)")
        .containsEntry("identity.augmentation", "crop(2)")
        .containsEntry("identity.batch", "256")
        .containsEntry("identity.accumulation", "2")
        .containsEntry("identity.epochs", "1")
        .containsEntry("identity.seed", "9")
        .containsEntry("identity.chosen by", "accuracy")
        .containsEntry(
            "identity.early stopping",
            "after 3 without improvement by more than 0.01, the first 0 not counted")
        .containsEntry("threads.torch", "2")
        .containsEntry("threads.optimizer", "2")
        .containsKeys("note.version", "note.commit");
    assertThat(texts().get("identity.optimizer"))
        .contains("adam | project", "learning rate 0.125", "linear");
  }

  @Test
  void checkpointsAndNormsComeAsOftenAsWanted() {
    assertThat(files().checkpoints())
        .isDirectoryNotContaining("glob:**/step-000000002.safetensors")
        .isDirectoryContaining("glob:**/step-000000004.safetensors");
    assertThat(
            Metrics.read(files().metrics()).stream()
                .filter(TrainOptionsTest::hasNorms)
                .map(Measurement::step))
        .containsExactly(1L, 4L);
  }

  private static boolean hasNorms(Measurement measurement) {
    return measurement instanceof Measurement.Step step && !step.measured().isEmpty();
  }
}

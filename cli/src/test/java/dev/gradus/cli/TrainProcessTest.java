package dev.gradus.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gradus.cli.run.RunFiles;
import dev.gradus.djl.telemetry.Measurement;
import dev.gradus.djl.telemetry.Metrics;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** What needs a process of its own: signals, and the lock on a run's folder. */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "there is no command kill")
class TrainProcessTest {
  private static final String LAST = "step-000000630.safetensors";

  @TempDir Path temporary;

  private static List<String> arguments(String option, RunFiles files) {
    return List.of(option, files.folder().toString());
  }

  /** Runs for a second or two. */
  private static List<String> begin(RunFiles files) {
    var arguments = new ArrayList<>(arguments("--out", files));
    arguments.addAll(List.of("--model=mlp(width=32, dropout=0.2)", "--batch=64", "--epochs=30"));
    return arguments;
  }

  private GradusProcess start(List<String> arguments) throws IOException {
    var command = new ArrayList<>(List.of("train"));
    command.addAll(arguments);
    return GradusProcess.start(temporary.resolve("output.txt"), command);
  }

  @Test
  void anInterruptedRunGoesOnToTheSameWeightsAndMeasurements() throws Exception {
    var undisturbed = new RunFiles(temporary.resolve("undisturbed"));
    try (var whole = start(begin(undisturbed))) {
      assertThat(whole.exitCode()).describedAs(whole.output()).isZero();
    }
    var files = new RunFiles(temporary.resolve("interrupted"));
    interrupt(files);
    try (var rest = start(arguments("--resume", files))) {
      assertThat(rest.exitCode()).describedAs(rest.output()).isZero();
    }
    assertThat(files.checkpoints().resolve(LAST))
        .hasSameBinaryContentAs(undisturbed.checkpoints().resolve(LAST));
    assertThat(losses(files)).isEqualTo(losses(undisturbed));
  }

  private void interrupt(RunFiles files) throws Exception {
    try (var part = start(begin(files))) {
      part.awaitSteps(files, 30);
      part.interrupt();
      assertThat(part.exitCode()).describedAs(part.output()).isEqualTo(130);
      assertThat(part.output())
          .contains("go on with: gradus train --resume " + files.folder())
          .doesNotContain("\tat ");
    }
    assertThat(files.isFinished()).isFalse();
  }

  private static List<List<Number>> losses(RunFiles files) {
    return Metrics.read(files.metrics()).stream().map(TrainProcessTest::loss).toList();
  }

  private static List<Number> loss(Measurement measurement) {
    return switch (measurement) {
      case Measurement.Step step -> List.of(step.step(), step.loss());
      case Measurement.Epoch epoch -> List.of(epoch.step(), epoch.epoch(), epoch.trainLoss());
      case Measurement.Skipped skipped -> List.of(skipped.step());
      case Measurement.Exchange exchange -> List.of(exchange.step(), exchange.bytesPerStep());
    };
  }

  @Test
  void aFolderInUseByAnotherProcessIsRefused() throws Exception {
    var files = new RunFiles(temporary.resolve("run"));
    try (var other = start(begin(files))) {
      other.awaitSteps(files, 1);
      var refused = Invocation.of("train", "--resume", files.folder().toString());
      assertThat(refused.code()).isEqualTo(2);
      assertThat(refused.err())
          .contains(
              "gradus: The folder "
                  + files.folder()
                  + " is in use by process "
                  + other.pid()
                  + "; wait until that ends or choose another folder.");
    }
  }
}

package dev.gradus.cli.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gradus.UserException;
import dev.gradus.djl.telemetry.Measurement;
import dev.gradus.djl.telemetry.Metrics;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The folder {@code format-1} is as the first release wrote it; it stays readable for ever. */
class FormatOneTest {

  private static RunFiles files() throws URISyntaxException {
    var config = FormatOneTest.class.getResource("format-1/config.yaml");
    var folder = Path.of(Objects.requireNonNull(config).toURI()).getParent();
    return RunFiles.existing(Objects.requireNonNull(folder));
  }

  @Test
  void itsEnvironmentIsRead() throws URISyntaxException {
    var session = Environment.read(files()).sessions().getFirst();
    assertThat(session.build()).isEqualTo(new Build("0.1.0", "1a2b3c4"));
    assertThat(session.machine())
        .isEqualTo(new Machine("A Processor", 2, 17_179_869_184L, "Linux 6.1 amd64"));
    assertThat(session.vectorLanes()).isEqualTo(16);
    assertThat(session.threads()).isEqualTo(Map.of("network", 1, "optimizer", 1));
  }

  @Test
  void itsMetricsAreRead() throws URISyntaxException {
    var metrics = Metrics.read(files().metrics());
    assertThat(metrics).hasSize(3);
    assertThat(((Measurement.Step) metrics.get(0)).measured().get("output.bias"))
        .containsEntry("updateNorm", 0.125);
    assertThat(metrics.get(1))
        .isEqualTo(new Measurement.Skipped(2, 0.75, "the gradient of output.bias"));
    assertThat(((Measurement.Epoch) metrics.get(2)).validation()).containsEntry("accuracy", 0.5);
  }

  @Test
  void itsResultIsRead() throws URISyntaxException {
    var result = Result.read(files());
    assertThat(result.bestEpoch()).isEqualTo(1);
    assertThat(result.skipped()).isEqualTo(1);
    assertThat(result.stoppedEarly()).isFalse();
    assertThat(result.test()).containsEntry("loss", 2.125);
  }

  @Test
  void aNewerFormatIsRefused(@TempDir Path folder) throws IOException {
    var newer = new RunFiles(folder);
    Files.writeString(newer.result(), "{\"format\": 2}");
    Files.writeString(newer.environment(), "{\"format\": 2, \"sessions\": []}");
    assertThatThrownBy(() -> Result.read(newer))
        .isInstanceOf(UserException.class)
        .hasMessage(
            newer.result() + " has format 2, but this Gradus reads format 1; use a newer one.");
    assertThatThrownBy(() -> Environment.read(newer))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("has format 2");
  }
}

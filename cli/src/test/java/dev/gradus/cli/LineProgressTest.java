package dev.gradus.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gradus.djl.TrainingEvent;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LineProgressTest {
  private final StringWriter err = new StringWriter();
  private final Console console =
      new Console(new PrintWriter(new StringWriter()), new PrintWriter(err), false);
  private long now;

  private void tell(LineProgress progress, long step, long seconds) {
    now += seconds * 1_000_000_000;
    progress.on(
        new TrainingEvent.StepDone(
            step, 0, 0.5, 100, Duration.ofSeconds(9), 0.1, Map.of(), Duration.ZERO));
  }

  @Test
  void speaksAfterEachEpochAndAfterLongSilence() {
    var progress = new LineProgress(console, () -> now);
    progress.on(new TrainingEvent.Started(0, 100, 2, 5000, List.of()));
    tell(progress, 0, 9);
    assertThat(err.toString()).isEmpty();
    tell(progress, 1, 1);
    tell(progress, 2, 9);
    var validation = new LinkedHashMap<>(Map.of("accuracy", 0.75));
    progress.on(new TrainingEvent.EpochDone(50, 0, 0.5, validation, true, Duration.ofSeconds(3)));
    tell(progress, 50, 9);
    tell(progress, 51, 1);
    assertThat(err.toString().lines())
        .containsExactly(
            "epoch 1/2  2 %  loss 0.5000  0:09 left  100/s",
            "epoch 1/2  train loss 0.5000  validation accuracy 75.00 %  0:09 left",
            "epoch 1/2  52 %  loss 0.5000  0:09 left  accuracy 75.00 %  100/s");
  }
}

package dev.gradus.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gradus.djl.TrainingEvent;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class StandingTest {
  private static final Standing BEGIN =
      Standing.of(new TrainingEvent.Started(0, 900, 20, 5000, List.of()));

  private static Standing later() {
    var validation = new LinkedHashMap<String, Double>();
    validation.put("loss", 0.2);
    validation.put("accuracy", 0.975);
    var ended = new TrainingEvent.EpochDone(45, 0, 0.5, validation, true, Duration.ofSeconds(3));
    var step =
        new TrainingEvent.StepDone(
            449, 9, 0.12345, 12_345.6, Duration.ofSeconds(75), 0.001, Map.of(), Duration.ZERO);
    return BEGIN.after(ended).after(step);
  }

  @Test
  void saysTheMostImportantFirst() {
    assertThat(BEGIN.pieces()).containsExactly("epoch 1/20", "0 %");
    assertThat(later().pieces())
        .containsExactly(
            "epoch 10/20", "50 %", "loss 0.1235", "1:15 left", "accuracy 97.50 %", "12,346/s");
  }

  @Test
  void fillsExactlyTheWidthOfATerminal() {
    assertThat(IntStream.rangeClosed(20, 300))
        .allMatch(width -> later().line(width).length() == width);
  }

  @Test
  void leavesOutWhatDoesNotFit() {
    assertThat(later().line(30).strip()).isEqualTo("epoch 10/20  50 %  loss 0.1235");
    assertThat(later().line(62).strip())
        .isEqualTo("epoch 10/20  50 %  loss 0.1235  1:15 left  accuracy 97.50 %");
  }

  @Test
  void showsABarWhereThereIsRoom() {
    assertThat(later().line(100))
        .startsWith("[" + "=".repeat(13) + " ".repeat(14) + "]  epoch 10/20");
    assertThat(later().line(300)).startsWith("[" + "=".repeat(19) + " ".repeat(19) + "]  ");
  }
}

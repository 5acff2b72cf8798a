package dev.gradus.cli.sweep;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gradus.djl.telemetry.Measurement;
import dev.gradus.djl.telemetry.RateSpread;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class EpochSummaryTest {
  private static final Map<String, Map<String, Double>> NORMS =
      Map.of("weight", Map.of("weightNorm", 2.0));

  private static Measurement epoch(long number) {
    return new Measurement.Epoch(10 * number, number, number, 0.5, new LinkedHashMap<>(), true);
  }

  @Test
  void ratesOfExamplesStandBesideNormsOfTheSameEpoch() {
    var epochs =
        EpochSummary.of(
            List.of(
                new Measurement.Step(1, 1, 0.1, 1, 0.25, 100, NORMS),
                epoch(1),
                new Measurement.Step(11, 2, 1.1, 1, 0.125, 100, Map.of()),
                epoch(2),
                epoch(3)),
            List.of(new RateSpread(2, 0.5, 1, 1.5)));
    assertThat(epochs).extracting(EpochSummary::learningRate).startsWith(0.25, 0.125);
    assertThat(epochs.get(0).measured()).isEqualTo(NORMS);
    assertThat(epochs.get(1).measured())
        .containsEntry("lowest tenth of the examples", Map.of(EpochSummary.INSTANCE_RATE, 0.5))
        .containsEntry("highest tenth of the examples", Map.of(EpochSummary.INSTANCE_RATE, 1.5));
    assertThat(epochs.get(2).measured()).isEmpty();
  }
}

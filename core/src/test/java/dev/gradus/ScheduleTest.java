package dev.gradus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.gradus.schedule.Schedule;
import dev.gradus.schedule.Schedules;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Schedules against the rates of PyTorch's schedulers. */
class ScheduleTest {
  private static final double BASE_RATE = 0.1;

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "cosine; cosine(floor=0.1); 90",
        "cosine; cosine(floor=0.1, steps=90); 7",
        "linear; linear(startFactor=0.25, endFactor=1, steps=40); 7",
        "linear; linear(startFactor=0.25, endFactor=1); 40",
        "step; step(size=20, factor=0.1); 100",
        "exponential; step(size=1, factor=0.95); 100",
        "warmup-cosine; warmup(steps=10, startFactor=0.1, then=cosine); 100",
        "warmup-cosine; warmup(steps=10, then=cosine(steps=90)); 1"
      })
  void ratesEqualPyTorchs(String trace, String text, long totalSteps) throws IOException {
    double[] rates =
        GoldenTrace.doubles(GoldenTrace.read("schedule-" + trace).json().get("values"));
    assertThat(rates).hasSizeGreaterThan(50);
    Schedule schedule = Schedules.parse(text);
    for (int step = 0; step < rates.length; step++) {
      assertThat(BASE_RATE * schedule.multiplier(step, totalSteps))
          .as("step %d", step)
          .isCloseTo(rates[step], within(1e-12 * BASE_RATE));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"cosine(floor=0.3)", "linear(endFactor=0.3)"})
  void theLastRateStays(String text) {
    Schedule schedule = Schedules.parse(text);
    for (long step : new long[] {10, 11, 1000, Long.MAX_VALUE}) {
      assertThat(schedule.multiplier(step, 10)).isCloseTo(0.3, within(1e-15));
    }
  }

  @Test
  void whatFollowsAWarmupThatIsLongerThanTheRunBeginsAnew() {
    assertThat(Schedules.parse("warmup(steps=20, then=cosine)").multiplier(20, 10)).isEqualTo(1);
  }

  @Test
  void whatFollowsAWarmupBeginsInTheStepBehindIt() {
    Schedule schedule = Schedules.parse("warmup(steps=4, then=linear(startFactor=0.5))");
    assertThat(schedule.multiplier(3, 10)).isEqualTo(0.1 + 0.9 * 3 / 4);
    assertThat(schedule.multiplier(4, 10)).isEqualTo(0.5);
  }

  @Test
  void aConstantIsOne() {
    assertThat(Schedules.parse("constant").multiplier(123, 1)).isEqualTo(1);
  }
}

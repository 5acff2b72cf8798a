package dev.gradus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.within;

import dev.gradus.schedule.Schedule;
import dev.gradus.schedule.Schedules;
import dev.gradus.trace.RecordedSchedule;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
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
        "exponential; exponential(0.95); 1",
        "polynomial; polynomial; 100",
        "polynomial; polynomial(power=2, steps=100); 7",
        "constant; 'milestones(0.2, 15: 1)'; 7",
        "milestones; 'milestones(1, 30: 0.1, 80: 0.001, 60: 0.01)'; 7",
        "cosine-restarts; cosine-restarts(floor=0.01, firstPeriod=10, periodFactor=2); 7",
        "one-cycle-cos; one-cycle; 100",
        "one-cycle-cos-three; one-cycle(threePhase=true); 100",
        "one-cycle-linear; 'one-cycle(anneal=linear, steps=100)'; 7",
        "one-cycle-linear-three; 'one-cycle(anneal=linear, threePhase=true)'; 100",
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

  static Stream<String> recorded() throws IOException {
    try (Stream<Path> files = Files.list(Path.of("src/test/resources/golden"))) {
      return files
          .map(file -> file.getFileName().toString().replace(".json", ""))
          .filter(name -> name.startsWith("schedule-"))
          .sorted()
          .toList()
          .stream();
    }
  }

  @Test
  void everyKindOfScheduleIsRecorded() throws IOException {
    assertThat(recorded()).hasSizeGreaterThanOrEqualTo(15);
  }

  @ParameterizedTest
  @MethodSource("recorded")
  void everyRecordedScheduleHasItsRates(String name) throws IOException {
    GoldenTrace trace = GoldenTrace.read(name);
    var recorded = RecordedSchedule.of(trace.method(), trace.options());
    Schedule parsed = Schedules.parse(recorded.schedule().toString());
    assertThat(parsed).isEqualTo(recorded.schedule());
    double[] rates = GoldenTrace.doubles(trace.json().get("values"));
    double largest = Arrays.stream(rates).max().orElseThrow();
    for (int step = 0; step < rates.length; step++) {
      assertThat(recorded.rate(step))
          .as("%s, step %d", parsed, step)
          .isCloseTo(rates[step], within(1e-12 * largest));
      assertThat(recorded.rate(step) / recorded.baseRate())
          .isBetween(parsed.lowest() - 1e-12, parsed.highest() + 1e-12);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"schedule-other", "schedule-exponential", "schedule-gamma"})
  void aRecordedScheduleWithoutItsOptionsIsRefused(String method) {
    assertThatThrownBy(() -> RecordedSchedule.of(method, Map.of("factor", "x")))
        .isInstanceOf(UserException.class)
        .hasMessageContaining(method);
  }

  @ParameterizedTest
  @MethodSource("recorded")
  void anOptionThatARecordedScheduleDoesNotHaveIsRefused(String name) throws IOException {
    GoldenTrace trace = GoldenTrace.read(name);
    for (String option : trace.options().keySet()) {
      var more = new HashMap<>(trace.options());
      more.put(option + "x", "1");
      assertThat(refusal(trace.method(), more))
          .isEqualTo(
              "Method '%s' has no option '%sx'; did you mean '%s'?"
                  .formatted(trace.method(), option, option));
      var mistyped = new HashMap<>(trace.options());
      mistyped.remove(option);
      mistyped.put(option + "x", "1");
      assertThat(refusal(trace.method(), mistyped))
          .isEqualTo(
              "Method '%s' needs the option %s; is it '%sx'?"
                  .formatted(trace.method(), option, option));
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "schedule-gamma | gamma | x | Option gamma of 'schedule-gamma' is x, but must be a number.",
        "schedule-step | stepSize | 2.5 | Option stepSize of 'schedule-step' is 2.5, but must be a"
            + " whole number.",
        "schedule-gamma | inverse | yes | Option inverse of 'schedule-gamma' is yes, but must be"
            + " true or false.",
        "schedule-one-cycle-cos | anneal | cosine | Option anneal of 'schedule-one-cycle' is"
            + " cosine, but must be cos or linear.",
        "schedule-milestones | milestones | '[30, 6.5]' | Option milestones of"
            + " 'schedule-milestones' is 6.5, but must be a whole number.",
        "schedule-step | unit | 1 | Method 'schedule-step' has no option 'unit'; known are factor,"
            + " learningRate, stepSize."
      })
  void aMistakeInARecordedScheduleIsNamed(String name, String option, String value, String message)
      throws IOException {
    GoldenTrace trace = GoldenTrace.read(name);
    var options = new HashMap<>(trace.options());
    options.put(option, value);
    assertThat(refusal(trace.method(), options)).isEqualTo(message);
  }

  private static @Nullable String refusal(String method, Map<String, String> options) {
    return catchThrowableOfType(UserException.class, () -> RecordedSchedule.of(method, options))
        .getMessage();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "one-cycle(finalDivFactor=1, divFactor=10, threePhase=true)",
        "one-cycle(divFactor=10, finalDivFactor=1, warmupFraction=1)"
      })
  void aShortCycleIsACycle(String text) {
    Schedule schedule = Schedules.parse(text);
    for (int total = 1; total < 12; total++) {
      for (int step = 0; step < total + 3; step++) {
        assertThat(schedule.multiplier(step, total))
            .as("%d of %d", step, total)
            .isBetween(0.1 - 1e-15, 1.0);
      }
    }
  }

  @Test
  void restartsOfAnyLengthAreFound() {
    Schedule equal = Schedules.parse("cosine-restarts(firstPeriod=7)");
    assertThat(equal.multiplier(7_000_000_000_000_000L, 1)).isEqualTo(1);
    Schedule growing = Schedules.parse("cosine-restarts(firstPeriod=1, periodFactor=3)");
    assertThat(growing.multiplier(Long.MAX_VALUE, 1)).isBetween(0.0, 1.0);
    assertThat(growing.multiplier(1 + 3 + 9, 1)).isEqualTo(1);
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

package dev.gradus.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.gradus.UserException;
import dev.gradus.text.TextException;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ScheduleTextTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "constant",
        "constant(0.5)",
        "warmup(then=0.5)",
        "exponential(0.95)",
        "polynomial(power=0.9)",
        "one-cycle(anneal=linear, threePhase=true)",
        "cosine-restarts(firstPeriod=10, periodFactor=2)",
        "milestones",
        "milestones(0.5)",
        "milestones(30: 0.1)",
        "milestones(0.05, 6: 0.1, 12: 0)",
        "fade(patience=3, inverse=true)",
        "cosine(floor=0.01)",
        "linear(startFactor=0.25, endFactor=1, steps=40)",
        "step(size=20)",
        "warmup(steps=500, then=cosine(steps=9))"
      })
  void printsWhatItParses(String text) {
    assertThat(Schedules.parse(text)).hasToString(text);
  }

  @Test
  void aNumberMayStandForAConstant() {
    assertThat(Schedules.parse("warmup(then=constant(0.5))"))
        .isEqualTo(Schedules.parse("warmup(then=0.5)"))
        .hasToString("warmup(then=0.5)");
    assertThat(Schedules.parse("warmup(then=constant)")).isEqualTo(new Warmup());
  }

  @Test
  void milestonesMayStandInAnyOrder() {
    assertThat(Schedules.parse("milestones(9: 3, 4: 2)")).hasToString("milestones(4: 2, 9: 3)");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "milestones(1, 6: x); 14; Step 6 takes a number",
        "milestones(1, -6: 1); 14; A step is a whole number of at least 0, not '-6'",
        "milestones(1, x: 1); 14; A step is a whole number of at least 0, not 'x'",
        "milestones(6: 1, 6: 2); 17; Step 6 is set twice",
        "milestones(6: -1); 11; Option then of 'milestones' is 6: -1, but must lie in [0, ∞)",
        "milestones(then=3); 11; Option then takes numbers by step, without its name, as in '30:"
            + " 0.1'",
        "cosine(6: 1); 7; 'cosine' takes no values by step",
        "warmup(then=cosin); 12; Unknown schedule 'cosin'",
        "warmup(then=-1); 7; Option value of 'constant' is -1, but must lie in [0, ∞)",
        "one-cycle(warmupFraction=0.6, threePhase=true); 0; Option warmupFraction of 'one-cycle'"
            + " is 0.6",
      })
  void mistakesArePointedAt(String text, int position, String problem) {
    TextException mistake = catchThrowableOfType(TextException.class, () -> Schedules.parse(text));
    assertThat(mistake).hasMessageStartingWith(problem);
    assertThat(mistake.position()).isEqualTo(position);
  }

  @Test
  void aMilestoneBeforeTheFirstStepIsRefused() {
    assertThatThrownBy(() -> new Milestones(1, new TreeMap<>(Map.of(-1L, 2.0))))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("-1");
  }
}

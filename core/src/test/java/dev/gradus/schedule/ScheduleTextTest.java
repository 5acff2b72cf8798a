package dev.gradus.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ScheduleTextTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "constant",
        "cosine(floor=0.01)",
        "linear(startFactor=0.25, endFactor=1, steps=40)",
        "step(size=20)",
        "warmup(steps=500, then=cosine(steps=9))"
      })
  void printsWhatItParses(String text) {
    assertThat(Schedules.parse(text)).hasToString(text);
  }
}

package dev.gradus.bench;

import static java.lang.foreign.ValueLayout.JAVA_FLOAT;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class StreamingTest {
  @Test
  void leavesEveryNumberAsItWas() {
    try (var setting = new Setting("70x1001")) {
      setting.work(Entrant.of(Entrant.HAND_WRITTEN, 2)).run();
      var weight = setting.memory().weight(0);
      var mean = setting.moments(2).means().getFirst();
      float[] weights = weight.toArray(JAVA_FLOAT);
      float[] means = mean.toArray(JAVA_FLOAT);
      setting.work(Entrant.of(Entrant.STREAMING, 2)).run();
      assertThat(weight.toArray(JAVA_FLOAT)).isEqualTo(weights);
      assertThat(mean.toArray(JAVA_FLOAT)).isEqualTo(means);
    }
  }
}

package dev.gradus.bench;

import static java.lang.foreign.ValueLayout.JAVA_FLOAT;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gradus.Group;
import dev.gradus.Optimizer;
import dev.gradus.Parameter;
import dev.gradus.Rules;
import dev.gradus.rule.AdamW;
import java.lang.foreign.MemorySegment;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HandWrittenAdamWTest {
  private static final double RATE = 1e-2;
  private static final double TOLERANCE = 2e-6;

  @ParameterizedTest
  @CsvSource({"1x1, 1", "1x15, 1", "1x16, 2", "3x17, 1", "700x101, 2", "lenet, 2"})
  void takesTheStepsOfTheGeneratedLoop(String network, int threads) {
    List<Parameter> parameters = Networks.named(network);
    var group = Group.all(Rules.parse("adamw"), RATE).decayingEverything();
    try (var generated = new Memory(parameters);
        var byHand = new Memory(parameters);
        var stepped = Optimizer.of(parameters).group(group).build();
        var unused = Optimizer.of(parameters).group(group).build();
        var cut = new Cut(byHand, threads)) {
      var moments = Moments.of(unused);
      var loop = new HandWrittenAdamW(new AdamW(), RATE, byHand, moments);
      Runnable walk = cut.walk(loop);
      for (int step = 0; step < 5; step++) {
        stepped.step(generated);
        loop.begin();
        walk.run();
      }
      for (int i = 0; i < parameters.size(); i++) {
        requireEqual(byHand.weight(i), generated.weight(i));
        requireEqual(moments.means().get(i), Moments.of(stepped).means().get(i));
        requireEqual(moments.squares().get(i), Moments.of(stepped).squares().get(i));
      }
    }
  }

  private static void requireEqual(MemorySegment found, MemorySegment wanted) {
    float[] wantedValues = wanted.toArray(JAVA_FLOAT);
    float[] foundValues = found.toArray(JAVA_FLOAT);
    double largest = 0;
    double difference = 0;
    for (int i = 0; i < wantedValues.length; i++) {
      largest = Math.max(largest, Math.abs(wantedValues[i]));
      difference = Math.max(difference, Math.abs(wantedValues[i] - foundValues[i]));
    }
    assertThat(largest).isPositive();
    assertThat(difference).isLessThanOrEqualTo(TOLERANCE * largest);
  }
}

package dev.gradus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.gradus.equation.Shape;
import dev.gradus.schedule.Constant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GroupTest {
  private static final Group ALL = Group.all(Rules.parse("sgd"), 0.1);

  @ParameterizedTest
  @CsvSource({
    "*, encoder.0.weight, true",
    "encoder.*, encoder.0.weight, true",
    "encoder.*, decoder.0.weight, false",
    "*.weight, encoder.0.weight, true",
    "*.weight, encoder.0.weights, false",
    "encoder.?.weight, encoder.0.weight, true",
    "encoder.?.weight, encoder.10.weight, false",
    "encoder.0.weight, encoder.0.weight, true",
    "encoder.0.weight, encoder-0-weight, false",
    "'', encoder, false",
    "[a-z]+, encoder, false",
    "a\\Q?, a\\Qb, true",
    "?, 𝛽, true"
  })
  void namesMatchAPattern(String pattern, String name, boolean matches) {
    var parameter = new Parameter(name, Shape.of(2), ParameterType.WEIGHT);
    assertThat(ALL.named(pattern).matches(parameter)).isEqualTo(matches);
  }

  @Test
  void typesMustMatchToo() {
    Group biases = ALL.ofTypes(Set.of(ParameterType.BIAS));
    assertThat(biases.matches(new Parameter("a", Shape.of(2), ParameterType.BIAS))).isTrue();
    assertThat(biases.matches(new Parameter("a", Shape.of(2), ParameterType.NORM))).isFalse();
  }

  @Test
  void theLastMatchWins() {
    Group slow = Group.all(Rules.parse("sgd"), 0.001).named("a*");
    assertThat(rateOfA(ALL, slow)).isEqualTo(0.001);
    assertThat(rateOfA(slow, ALL)).isEqualTo(0.1);
  }

  private static double rateOfA(Group first, Group second) {
    var parameters = Run.parameters(Shape.of(2), Shape.of(2));
    try (var optimizer = Optimizer.of(parameters).group(first).group(second).build()) {
      assertThat(optimizer.learningRate(1)).isEqualTo(0.1);
      return optimizer.learningRate(0);
    }
  }

  @Test
  void theScheduleMultipliesTheRateOfItsGroup() {
    var parameters = Run.parameters(Shape.of(2), Shape.of(2));
    var halved = ALL.named("b*").withSchedule((_, _) -> 0.5);
    try (var optimizer = Optimizer.of(parameters).group(ALL).group(halved).build()) {
      assertThat(optimizer.scheduleMultiplier(0)).isEqualTo(1);
      assertThat(optimizer.scheduleMultiplier(1)).isEqualTo(0.5);
      assertThat(optimizer.learningRate(1)).isEqualTo(0.05);
    }
  }

  @Test
  void aParameterWithoutAGroupIsRefused() {
    var builder = Optimizer.of(Run.parameters(Shape.of(2))).group(ALL.named("b*"));
    assertThatThrownBy(builder::build)
        .isInstanceOf(UserException.class)
        .hasMessage(
            "Parameter 'a' of type WEIGHT belongs to no group; add a group whose names match it,"
                + " such as '*'.");
  }

  @ParameterizedTest
  @ValueSource(strings = {"sgd(weightDecay=0.5)", "sgd | decay(0.5)", "decay(0.5) as x | sgd"})
  void biasAndNormAreExemptFromDecay(String pipeline) {
    Group group = Group.all(Rules.parse(pipeline), 0.1);
    assertThat(decayed(group, ParameterType.WEIGHT)).isTrue();
    assertThat(decayed(group, ParameterType.OTHER)).isTrue();
    assertThat(decayed(group, ParameterType.BIAS)).isFalse();
    assertThat(decayed(group, ParameterType.NORM)).isFalse();
    assertThat(decayed(group.decayingEverything(), ParameterType.BIAS)).isTrue();
    assertThat(decayed(group.decayingEverything(), ParameterType.NORM)).isTrue();
  }

  /** Whether a step without gradient makes the weight smaller. */
  private static boolean decayed(Group group, ParameterType type) {
    var parameters = List.of(new Parameter("a", Shape.of(3), type));
    try (Run run = Run.of(parameters, builder -> builder.group(group))) {
      double before = run.weights(0)[0];
      run.step(0);
      double after = run.weights(0)[0];
      assertThat(after / before).isCloseTo(after == before ? 1 : 0.95, within(1e-6));
      return after != before;
    }
  }

  @ParameterizedTest
  @ValueSource(doubles = {-1, Double.NaN, Double.POSITIVE_INFINITY})
  void anImpossibleRateIsRefused(double rate) {
    assertThatThrownBy(() -> Group.all(Rules.parse("sgd"), rate))
        .isInstanceOf(UserException.class)
        .hasMessage(
            "The learning rate of group '*' is "
                + rate
                + ", but must be a finite number of at least 0.");
  }

  @Test
  void groupsKeepWhatWasSet() {
    Group group =
        ALL.named("a")
            .ofTypes(Set.of(ParameterType.BIAS))
            .decayingEverything()
            .withSchedule(ALL.schedule());
    assertThat(group)
        .isEqualTo(
            new Group(
                "a", Set.of(ParameterType.BIAS), Rules.parse("sgd"), 0.1, new Constant(), true));
  }
}

package dev.gradus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.withPrecision;

import com.fasterxml.jackson.databind.JsonNode;
import dev.gradus.equation.Pipeline;
import dev.gradus.equation.Shape;
import dev.gradus.rule.Rsg;
import dev.gradus.schedule.Milestones;
import dev.gradus.schedule.Schedule;
import dev.gradus.schedule.Schedules;
import dev.gradus.text.TextException;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Settings of rules that change over the run. */
class SettingTest {
  private static final Shape MATRIX = Shape.of(3, 5);

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void theObservationBoostOfArsgbIsASchedule(boolean single) throws IOException {
    JsonNode trace = GoldenTrace.read("arsg-boost").json();
    JsonNode steps = trace.get("steps");
    long boost = 0;
    while (!steps.get((int) boost).has("options")) {
      boost++;
    }
    JsonNode changed = steps.get((int) boost).get("options");
    assertThat(changed.get("mu").asDouble()).isEqualTo(0.1);
    assertThat(changed.get("learningRate").asDouble()).isEqualTo(0.04 / 4);
    Pipeline pipeline = Rules.parse("arsg(mu=milestones(0.05, " + boost + ": 0.1))");
    Schedule rate = Schedules.parse("milestones(" + boost + ": 0.25)");
    requireTrace(trace, Group.all(pipeline, 0.04).withSchedule(rate), single);
  }

  private static void requireTrace(JsonNode trace, Group group, boolean single) {
    List<Parameter> parameters = GoldenTrace.parameters(trace.get("parameters"));
    var builder = Optimizer.of(parameters).group(group);
    try (var arena = Arena.ofShared();
        var optimizer = (single ? builder : builder.reference()).build()) {
      var memory = new Memory(arena, parameters, single);
      for (int i = 0; i < parameters.size(); i++) {
        memory.weights(i, GoldenTrace.doubles(trace.get("parameters").get(i).get("values")));
      }
      for (JsonNode step : trace.get("steps")) {
        memory.gradients(GoldenTrace.arrays(step.get("gradients")));
        optimizer.step(memory);
        Map<String, double[]> expected = GoldenTrace.arrays(step.get("weights"));
        for (int i = 0; i < parameters.size(); i++) {
          double[] weights = expected.getOrDefault(parameters.get(i).name(), new double[0]);
          assertThat(memory.weights(i))
              .containsExactly(weights, withPrecision(single ? 1e-5 : 1e-13));
        }
      }
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "rsg(mu=milestones(0.3, 2: 0.7)); rsg(mu=0.3); rsg(mu=0.7)",
        "arsg(mu=milestones(0.3, 2: 0.7)); arsg(mu=0.3); arsg(mu=0.7)",
        "arsg(mu=milestones(0, 2: 1), amsgrad=false); arsg(mu=0, amsgrad=false);"
            + " arsg(mu=1, amsgrad=false)",
        "momentum(momentum=milestones(0, 2: 0.9), nesterov=true); momentum(momentum=1e-30,"
            + " nesterov=true); momentum(nesterov=true)",
        "sgd(momentum=milestones(0.5, 2: 0.9)); sgd(momentum=0.5); sgd(momentum=0.9)",
        "sgdp(momentum=milestones(0.5, 2: 0.9), weightDecay=0.1);"
            + " sgdp(momentum=0.5, weightDecay=0.1); sgdp(momentum=0.9, weightDecay=0.1)",
        "adam | hybrid(gamma=milestones(1, 2: 0.25)); adam | hybrid(gamma=1);"
            + " adam | hybrid(gamma=0.25)",
        "adam | hybrid(gamma=milestones(0.5, 2: 0)); adam | hybrid(gamma=0.5); adam",
        "project(delta=milestones(0, 2: 9)); project(delta=0); project(delta=9)",
        "adamp(delta=milestones(0, 2: 9)); adamp(delta=0); adamp(delta=9)",
        "sgdp(delta=milestones(0, 2: 9)); sgdp(delta=0); sgdp(delta=9)"
      })
  void aSettingTakesEffectInItsStep(String changing, String before, String after) {
    List<Parameter> parameters = Run.parameters(MATRIX);
    try (Run first = Run.of(Rules.parse(before), parameters, builder -> builder).steps(2);
        Run expected = Run.of(Rules.parse(after), parameters, builder -> builder);
        Run wrong = Run.of(Rules.parse(before), parameters, builder -> builder);
        Run run = Run.of(Rules.parse(changing), parameters, builder -> builder)) {
      expected.resume(first);
      assertThat(run.steps(4).weights(0)).containsExactly(expected.steps(2).weights(0));
      assertThat(wrong.steps(4).weights(0)).isNotEqualTo(run.weights(0));
    }
  }

  @Test
  void aSettingKnowsTheLengthOfTheRun() {
    List<Parameter> parameters = Run.parameters(MATRIX);
    var halved = Rules.parse("rsg(mu=linear)");
    var fixed = Rules.parse("rsg(mu=linear(steps=8))");
    try (Run run = Run.of(halved, parameters, builder -> builder.totalSteps(8));
        Run other = Run.of(fixed, parameters, builder -> builder);
        Run short_ = Run.of(halved, parameters, builder -> builder)) {
      assertThat(run.steps(4).weights(0)).containsExactly(other.steps(4).weights(0));
      assertThat(short_.steps(4).weights(0)).isNotEqualTo(run.weights(0));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "rsg(mu=milestones(0.05, 6000: 0.1))",
        "arsg(mu=linear(startFactor=0.1, endFactor=0.2))",
        "project(delta=cosine)",
        "sgdp(delta=warmup(steps=5, then=0.5)) | decay(0.1)",
        "adam | hybrid(gamma=fade(patience=3, every=500))",
        "sgd(momentum=linear(startFactor=0.95, endFactor=0.85))",
        "rsg(mu=0.2)"
      })
  void printsWhatItParses(String text) {
    assertThat(Rules.parse(text)).hasToString(text);
    assertThat(Rules.parse(Rules.parse(text).toString())).isEqualTo(Rules.parse(text));
  }

  @Test
  void aConstantSettingPrintsAsItsNumber() {
    assertThat(Rules.parse("rsg(mu=constant(0.2))")).hasToString("rsg(mu=0.2)");
    assertThat(Rules.parse("rsg(mu=constant(0.1))")).hasToString("rsg");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "rsg(mu=linear(startFactor=2)); 4; Option mu of 'rsg' is 0 to 2, but must lie in [0, 1]",
        "rsg(mu=milestones(0, 6: 1.5)); 4; Option mu of 'rsg' is 0 to 1.5, but must lie in [0, 1]",
        "rsg(mu=exponential(1.1)); 4; Option mu of 'rsg' is 1 to ∞, but must lie in [0, 1]",
        "momentum(momentum=cosine); 9; Option momentum of 'momentum' is 0 to 1, but must lie in [0,"
            + " 1)",
        "adam | hybrid(gamma=linear(x=2)); 27; 'linear' has no option 'x'",
        "rsg(mu=1.5); 4; Option mu of 'rsg' is 1.5, but must lie in [0, 1]",
        "rsg(mu=cosin); 7; Unknown schedule 'cosin'",
        "rsg(mu=linear(3: 1)); 14; 'linear' takes no values by step",
        "rsg(mu=linear(x=1)); 14; 'linear' has no option 'x'",
        "rsg(beta1=linear); 4; Option beta1 takes a number",
        "rsg(6: 0.1); 4; 'rsg' takes no values by step"
      })
  void mistakesArePointedAt(String text, int position, String problem) {
    TextException mistake = catchThrowableOfType(TextException.class, () -> Rules.parse(text));
    assertThat(mistake).hasMessageStartingWith(problem);
    assertThat(mistake.position()).isEqualTo(position);
  }

  @Test
  void aScheduleOfUnknownBoundsIsRefused() {
    Schedule unknown = (step, total) -> 0.5;
    assertThat(catchThrowableOfType(UserException.class, () -> new Rsg(0.9, unknown, 0)))
        .hasMessageContaining("0 to ∞");
    assertThat(new Rsg(0.9, new Milestones(0.5, new TreeMap<>()), 0)).isNotNull();
  }
}

package dev.gradus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.gradus.equation.Equations;
import dev.gradus.equation.Inputs;
import dev.gradus.equation.Level;
import dev.gradus.equation.Pipeline;
import dev.gradus.equation.Rule;
import dev.gradus.equation.Shape;
import dev.gradus.equation.Stage;
import dev.gradus.equation.State;
import dev.gradus.equation.Update;
import dev.gradus.rule.Adam;
import dev.gradus.rule.Decay;
import dev.gradus.rule.Momentum;
import dev.gradus.rule.UnitRows;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How rules join, and in which order they may stand. */
class PipelineTest {
  private static final List<Shape> SHAPES =
      List.of(Shape.of(), Shape.of(4), Shape.of(3, 4), Shape.of(2, 3, 3, 3));

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "clip-norm(1); adamp; unit-rows",
        "decay(0.1); adam; project | decay(0.2)",
        "''; sgd; ''",
        "centralise; lion; ema",
        "momentum as inner; momentum as outer; lookahead"
      })
  void joiningIsAssociative(String first, String second, String third) {
    Pipeline a = Rules.parse(first);
    Pipeline b = Rules.parse(second);
    Pipeline c = Rules.parse(third);
    Pipeline left = a.then(b).then(c);
    Pipeline right = a.then(b.then(c));
    Pipeline written =
        Rules.parse(
            Stream.of(first, second, third)
                .filter(text -> !text.isEmpty())
                .reduce((x, y) -> x + "|" + y)
                .orElseThrow());
    assertThat(left).isEqualTo(right).isEqualTo(written);
    for (Shape shape : SHAPES) {
      assertThat(Equations.of(left, shape))
          .isEqualTo(Equations.of(right, shape))
          .isEqualTo(Equations.of(written, shape));
    }
  }

  @Test
  void joiningDrawnPipelinesIsAssociative() {
    var random = new Random(29);
    List<Pipeline> drawn = Settings.pipelines();
    int joined = 0;
    for (int i = 0; i < 300; i++) {
      Pipeline a = drawn.get(random.nextInt(drawn.size()));
      Pipeline b = drawn.get(random.nextInt(drawn.size()));
      Pipeline c = drawn.get(random.nextInt(drawn.size()));
      if (Settings.isAccepted(a + " | " + b + " | " + c)) {
        Pipeline written = Rules.parse(a + " | " + b + " | " + c);
        assertThat(a.then(b).then(c)).isEqualTo(a.then(b.then(c))).isEqualTo(written);
        for (Shape shape : SHAPES) {
          assertThat(Equations.of(a.then(b.then(c)), shape))
              .isEqualTo(Equations.of(written, shape));
        }
        joined++;
      }
    }
    assertThat(joined).isGreaterThan(20);
  }

  /** Equal equations are one object, so a published name costs nothing over its expansion. */
  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "adamw; adam | decay(0.01)",
        "adamp; adam | project | decay(0.01)",
        "adamp(cautious=true); adam | project | caution | project | decay(0.01)",
        "sgdp(momentum=0.5, nesterov=false, weightDecay=0.25);"
            + " momentum(0.5, first=dampened) | project(buffer=true) | decay(0.5)",
        "sgd(momentum=0.9, weightDecay=0.1); decay(0.1) | momentum",
        "adam(weightDecay=0.1); decay(0.1) | adam",
        "nadam(weightDecay=0.1); decay(0.1) | nadam",
        "radam(weightDecay=0.1); decay(0.1) | radam",
        "rsg(weightDecay=0.1); decay(0.1) | rsg",
        "arsg(weightDecay=0.1); decay(0.1) | arsg",
        "arsg(lookaheadSteps=2); arsg | lookahead(2, start=initial-weights)",
        "arsg(lookaheadSteps=1); arsg",
        "amsgrad(weightDecay=0.1); decay(0.1) | adam(amsgrad=true)",
        "rmsprop(weightDecay=0.1, momentum=0.9); decay(0.1) | rmsprop | momentum",
        "lion(weightDecay=0.1, cautious=true); lion | caution | decay(0.1)",
        "adabelief(weightDecay=0.1); adabelief | decay(0.1)",
        "adabelief(weightDecay=0.1, decoupledDecay=false); decay(0.1) | adabelief",
        "adabelief(fixedDecay=true); adabelief",
        "lambc(weightDecay=0.1); adam(biasCorrection=false, epsilon=1e-6) | decay(0.1)"
            + " | trust-ratio(1)",
        "sgd; ''"
      })
  void aPublishedNameIsItsExpansion(String name, String expansion) {
    for (Shape shape : SHAPES) {
      assertThat(Equations.of(Rules.parse(name), shape).next())
          .isEqualTo(Equations.of(Rules.parse(expansion), shape).next());
    }
  }

  @ParameterizedTest
  @CsvSource({
    "unit-rows | decay, decay",
    "unit-rows | adam, adam",
    "unit-rows | project, project",
    "unit-rows | clip-norm, clip-norm",
    "lookahead | momentum, momentum",
    "ema | sgd(weightDecay=0.1), sgd"
  })
  void noStepRuleFollowsAWeightRule(String pipeline, String late) {
    assertThatThrownBy(() -> Rules.parse(pipeline))
        .isInstanceOf(UserException.class)
        .hasMessage(
            "%s changes the step, but a rule before it has already made the new weight; move %s to"
                    .formatted(late, late)
                + " its left.");
  }

  @Test
  void weightRulesFollowEachOther() {
    assertThat(Rules.parse("adam | unit-rows | lookahead | ema").stages()).hasSize(4);
  }

  /** Puts the learning rate in, like a rule whose rate is inside. */
  private static Update withRate(Inputs in) {
    return in.soFar().withStep(in.displacement()).asDisplacement();
  }

  private static Update mapped(Inputs in) {
    return in.soFar().map(step -> step.times(2));
  }

  @Test
  void aRuleThatNeedsAPlainStepIsRefusedBehindADisplacement() {
    var pipeline =
        new Pipeline(
            List.of(
                new Stage("rated", PipelineTest::withRate, Optional.empty()),
                Stage.of(new Adam())));
    assertThatThrownBy(() -> Equations.of(pipeline, Shape.of(2, 2)))
        .isInstanceOf(UserException.class)
        .hasMessage(
            "adam needs a step without the learning rate, but a rule before it has already put the"
                + " learning rate in; move adam to its left.");
  }

  @Test
  void mapsAndDecayFollowADisplacement() {
    var pipeline =
        new Pipeline(
            List.of(
                new Stage("rated", PipelineTest::withRate, Optional.empty()),
                new Stage("mapped", PipelineTest::mapped, Optional.empty()),
                Stage.of(new Decay(0.1))));
    try (Run run = Run.of(pipeline, Run.parameters(Shape.of(4)), builder -> builder)) {
      double[] before = run.weights(0);
      run.step();
      for (int i = 0; i < before.length; i++) {
        double step = Run.LEARNING_RATE * (2 * run.gradients(0)[i] + 0.1 * before[i]);
        assertThat(run.weights(0)[i]).isCloseTo(before[i] - step, within(1e-6));
      }
    }
  }

  /** The rule reads neither step nor displacement, yet its change would be lost. */
  @Test
  void aChangeOfTheStepBehindAWeightRuleIsNotLost() {
    var pipeline =
        new Pipeline(
            List.of(
                Stage.of(new UnitRows()),
                new Stage("mapped", PipelineTest::mapped, Optional.empty())));
    assertThatThrownBy(() -> Equations.of(pipeline, Shape.of(2, 2)))
        .isInstanceOf(UserException.class)
        .hasMessageStartingWith("mapped changes the step, but");
  }

  @Test
  void aStateIsNotReplacedByAFinerValue() {
    Rule keeps =
        in -> {
          State v = in.state("v", Level.TENSOR, 2);
          return in.soFar().withNext(v, in.step().square().sum(Level.TENSOR));
        };
    var pipeline =
        new Pipeline(
            List.of(
                new Stage("keeps", keeps, Optional.empty()),
                Stage.of(new UnitRows(1, true, UnitRows.Per.FILTER, false))));
    assertThatThrownBy(() -> Equations.of(pipeline, Shape.of(2, 2)))
        .isInstanceOf(UserException.class)
        .hasMessage(
            "State 'v' holds one number per TENSOR and can't be changed per ROW by a later rule;"
                + " leave one of the two rules out.");
  }

  @ParameterizedTest
  @ValueSource(strings = {"weight", "gradient", "steps"})
  void everyTensorsSlotsAreNoStates(String name) {
    Rule takes = in -> in.soFar().withNext(in.state(name, Level.ELEMENT, 1), in.step());
    var plain = new Pipeline(List.of(new Stage("takes", takes, Optional.empty())));
    var labelled = new Pipeline(List.of(new Stage("takes", takes, Optional.of("x"))));
    assertThatThrownBy(() -> Equations.of(plain, Shape.of(2)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("A rule can't call its own state '" + name + "'.");
    assertThat(Equations.of(labelled, Shape.of(2)).states()).hasSize(2);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a.b", "a/b", "a b", "ä"})
  void labelsAreWords(String label) {
    assertThatThrownBy(() -> new Stage("adam", new Adam(), Optional.of(label)))
        .isInstanceOf(UserException.class)
        .hasMessage(
            "A stage can't have the label '%s'; use letters, digits, hyphens and underscores."
                .formatted(label));
  }

  @Test
  void rulesOfAProgramAreThoseOfTheText() {
    assertThat(Pipeline.of(new Adam(), new Decay(0.1))).isEqualTo(Rules.parse("adam | decay(0.1)"));
    assertThat(new Stage("decay", new Decay(0.1), Optional.of("x"))).hasToString("decay(0.1) as x");
  }

  /** What a buffer keeps is known even of a step that is made of old states alone. */
  @ParameterizedTest
  @ValueSource(ints = {-1, 0, 1, 2})
  void aBufferHasTheDegreeOfItsStep(int degree) {
    Rule late =
        in -> {
          State kept = in.state("kept", Level.ELEMENT, degree);
          return in.soFar().withStep(kept.old()).withNext(kept, in.step());
        };
    var pipeline =
        new Pipeline(List.of(new Stage("late", late, Optional.empty()), Stage.of(new Momentum())));
    assertThat(Equations.of(pipeline, Shape.of(2)).states().keySet())
        .filteredOn(state -> state.name().equals("buffer"))
        .extracting(State::degree)
        .containsExactly(degree);
  }

  @Test
  void aPipelineHasABoundedLength() {
    assertThat(new Pipeline(Collections.nCopies(16, Stage.of(new Decay()))).stages()).hasSize(16);
    assertThatThrownBy(() -> new Pipeline(Collections.nCopies(17, Stage.of(new Decay()))))
        .isInstanceOf(UserException.class)
        .hasMessage("The pipeline has 17 stages, but can have 16.");
  }
}

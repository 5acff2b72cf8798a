package dev.gradus.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gradus.Rules;
import dev.gradus.equation.Constant;
import dev.gradus.equation.Equations;
import dev.gradus.equation.Expression;
import dev.gradus.equation.Fact;
import dev.gradus.equation.Facts;
import dev.gradus.equation.Format;
import dev.gradus.equation.ModelFold;
import dev.gradus.equation.Operation;
import dev.gradus.equation.Shape;
import dev.gradus.plan.Goal;
import dev.gradus.plan.Plan;
import dev.gradus.plan.Planner;
import dev.gradus.plan.Residence;
import dev.gradus.plan.Variants;
import dev.gradus.plan.Waves;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How many passes a step takes, and how many floats it moves per weight. */
class PlanCostTest {
  private static final Shape SHAPE = Shape.of(64, 32);

  @ParameterizedTest(name = "{0} in step {1}: {2} passes, {3} floats")
  @CsvSource(
      delimiter = ';',
      value = {
        "sgd; 1; 1; 3",
        "sgd(momentum=0.9); 1; 1; 5",
        "momentum(nesterov=true); 2; 1; 5",
        "adam; 1; 1; 7",
        "adamw; 1; 1; 7",
        "adamw(amsgrad=true); 1; 1; 9",
        "adamp; 1; 2; 10",
        "sgdp; 1; 2; 8",
        "sgdp(nesterov=false); 1; 2; 8",
        "sgdp(nesterov=false, projectBuffer=false); 1; 2; 7",
        "lion; 1; 1; 5",
        "novograd; 1; 2; 6",
        "radam; 1; 1; 7",
        "radam; 9; 1; 7",
        "lambc; 1; 2; 10",
        "clip-norm | adam; 1; 2; 8",
        "clip-norm | adamw; 1; 2; 8",
        "centralise | adamw; 1; 2; 8",
        "adam | unit-rows; 1; 2; 9",
        "adam | unit-rows(every=2); 1; 1; 7",
        "adam | unit-rows(every=2); 2; 2; 9",
        "adam | lookahead(3); 1; 1; 7",
        "adam | lookahead(3); 6; 1; 9",
        "adam | ema; 1; 1; 9",
        "clip-norm(1) | adamp | unit-rows; 1; 4; 14"
      })
  void aStepCosts(String pipeline, long step, int passes, int floats) {
    require(plan(pipeline, step, Optional.empty()), passes, floats);
  }

  @ParameterizedTest(name = "{0}: {1} passes, {2} floats with the gate")
  @CsvSource(
      delimiter = ';',
      value = {
        "sgd(momentum=0.9); 2; 6",
        "adamw; 2; 8",
        "adamp; 2; 11",
        "lion; 2; 6",
        "novograd; 2; 6",
        "lars; 2; 7",
        "clip-norm | adamw; 2; 8",
        "centralise | adamw; 2; 8"
      })
  void theGateCosts(String pipeline, int passes, int floats) {
    require(plan(pipeline, 1, Optional.of(Gate.SUM_OF_SQUARES)), passes, floats);
  }

  @ParameterizedTest(name = "{0} in a cache: {1} passes, {2} floats, {3} to scratch")
  @CsvSource(
      delimiter = ';',
      value = {
        "adamw; 1; 7; false",
        "adamp; 2; 10; true",
        "lambc; 2; 10; true",
        "sgdp; 2; 8; false",
        "adam | unit-rows; 2; 9; false",
        "adamw | clip-norm(1); 2; 10; false"
      })
  void aStepInACacheCosts(String pipeline, int passes, int floats, boolean scratch) {
    Plan plan = plan(pipeline, 1, Optional.empty(), Residence.CACHE);
    require(plan, passes, floats);
    assertThat(plan.usesScratch()).isEqualTo(scratch);
  }

  /** Weights and gradients are half as long, and nothing may wait in a weight for its next pass. */
  @ParameterizedTest(name = "{0} in 16 bits: {1} passes, {2} bytes")
  @CsvSource(
      delimiter = ';',
      value = {"sgd; 1; 6", "adamw; 1; 22", "adamp; 2; 32", "adam | unit-rows; 2; 32"})
  void aStepIn16BitsMoves(String pipeline, int passes, int bytes) {
    Plan plan = plan(pipeline, 1, Optional.empty(), Residence.MEMORY, Format.BFLOAT16);
    assertThat(plan.passes()).hasSize(passes);
    assertThat(plan.bytesMoved()).isEqualTo(bytes);
  }

  private static void require(Plan plan, int passes, int floats) {
    assertThat(plan.passes()).hasSize(passes);
    assertThat(plan.bytesMoved()).isEqualTo(floats * Float.BYTES);
  }

  private static Plan plan(String pipeline, long step, Optional<ModelFold> gate) {
    return plan(pipeline, step, gate, Residence.MEMORY);
  }

  private static Plan plan(
      String pipeline, long step, Optional<ModelFold> gate, Residence residence) {
    return plan(pipeline, step, gate, residence, Format.FLOAT32);
  }

  private static Plan plan(
      String pipeline, long step, Optional<ModelFold> gate, Residence residence, Format format) {
    var equations = Equations.of(Rules.parse(pipeline), SHAPE);
    var variants =
        new Variants(
            Rewrites.rewrite(new Goal(equations.next(), new LinkedHashMap<>(), gate, format)));
    long choices = 0;
    for (int i = 0; i < variants.conditions().size(); i++) {
      choices |= value(variants.conditions().get(i), step) != 0 ? 1L << i : 0;
    }
    Goal goal = variants.choose(choices);
    return Planner.plan(goal, new Waves(List.of(goal)), residence);
  }

  /** A condition's value in a step of a tensor that has had a gradient in every step. */
  private static double value(Expression e, long step) {
    if (e instanceof Operation o) {
      double[] x = o.operands().stream().mapToDouble(operand -> value(operand, step)).toArray();
      return o.operator().apply(x[0], x[Math.min(1, x.length - 1)], x[x.length - 1]);
    }
    return switch (e) {
      case Constant c -> c.value();
      case Fact f -> f == Facts.SHARED_STEPS ? step : 1;
      default -> step - 1;
    };
  }
}

package dev.gradus.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gradus.Settings;
import dev.gradus.equation.Equations;
import dev.gradus.equation.Expression;
import dev.gradus.equation.Inputs;
import dev.gradus.equation.Level;
import dev.gradus.equation.Pipeline;
import dev.gradus.equation.Shape;
import dev.gradus.equation.Stage;
import dev.gradus.equation.Update;
import dev.gradus.plan.Goal;
import dev.gradus.plan.Pass;
import dev.gradus.plan.Plan;
import dev.gradus.plan.Planner;
import dev.gradus.plan.Variants;
import dev.gradus.plan.Waves;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Measuring takes what is there and asks for nothing. */
class MeasureTest {
  private static final Shape SHAPE = Shape.of(6, 7);

  static List<Pipeline> pipelines() {
    return Settings.pipelines();
  }

  @ParameterizedTest
  @MethodSource("pipelines")
  void measuringLoadsAndStoresNothingMore(Pipeline pipeline) {
    Plan quiet = plan(pipeline, new LinkedHashMap<>());
    Plan measuring = plan(pipeline, Equations.of(pipeline, SHAPE).measured());
    assertThat(measuring.measured()).containsKey("gradientNorm");
    assertThat(measuring.bytesMoved()).isEqualTo(quiet.bytesMoved());
    assertThat(measuring.passes()).hasSameSizeAs(quiet.passes());
    for (int p = 0; p < quiet.passes().size(); p++) {
      Pass pass = measuring.passes().get(p);
      assertThat(pass.held()).isEqualTo(quiet.passes().get(p).held());
      assertThat(pass.stores()).isEqualTo(quiet.passes().get(p).stores());
      assertThat(pass.folds()).containsAll(quiet.passes().get(p).folds());
    }
  }

  /** It needs the gradient's mean over the tensor, and measures something by row. */
  private static Update measuredByRow(Inputs in) {
    Expression mean = in.step().sum(Level.TENSOR).over(in.size());
    return in.soFar()
        .withStep(in.step().minus(mean))
        .withMeasured("mean", mean)
        .withMeasured("longestRow", in.step().norm(Level.ROW).largest(Level.TENSOR));
  }

  /** Cutting the pass's sums by row would change the bits of the mean. */
  @Test
  void whatNeedsRowsOfItsOwnIsNotMeasured() {
    var stage = new Stage("mean", MeasureTest::measuredByRow, Optional.empty());
    var pipeline = new Pipeline(List.of(stage));
    Plan plan = plan(pipeline, Equations.of(pipeline, SHAPE).measured());
    assertThat(plan.measured().keySet())
        .contains("mean", "gradientNorm")
        .doesNotContain("longestRow");
  }

  private static Plan plan(Pipeline pipeline, SequencedMap<String, Expression> measured) {
    var goal = new Goal(Equations.of(pipeline, SHAPE).next(), measured, Optional.empty());
    Goal chosen = new Variants(Rewrites.rewrite(goal)).choose(-1);
    return Planner.plan(chosen, new Waves(List.of(chosen)));
  }
}

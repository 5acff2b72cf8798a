package dev.gradus.cli.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.gradus.cli.report.Side.Tried;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class StudyTest {
  private static final Wishes NONE = new Wishes(null, null, null);

  private static Tried tried(String rate, double validation) {
    var run = validation < 0 ? Made.diverged("adam", 0) : Made.run("adam", 0, 0.5, validation);
    return new Tried(new LinkedHashMap<>(Map.of("lr", rate)), List.of(Made.sample(run)));
  }

  private static Sensitivity sensitivity(Tried... tried) {
    var side = new Side("adam", "", List.of(), List.of(tried), List.of());
    return Sensitivity.of(side, "accuracy", true).orElseThrow();
  }

  @Test
  void theGoodIntervalEndsWhereTheLineFallsBelowTheLimit() {
    var good =
        sensitivity(
            tried("0.1", 0.88), tried("0.01", 0.90), tried("0.001", 0.895), tried("1e-4", 0.875));
    assertThat(good.decades()).isCloseTo(0.5 + 1 + 0.25, within(1e-9));
    assertThat(good.atLeast()).isFalse();
  }

  @Test
  void theGoodIntervalIsOpenAtTheLastRateTried() {
    var good = sensitivity(tried("0.01", 0.90), tried("0.001", 0.895));
    assertThat(good.decades()).isCloseTo(1, within(1e-9));
    assertThat(good.atLeast()).isTrue();
  }

  @Test
  void theGoodIntervalEndsBeforeARateThatDiverges() {
    var good = sensitivity(tried("0.1", -1), tried("0.01", 0.90), tried("0.001", 0.5));
    assertThat(good.decades()).isLessThan(0.1);
    assertThat(good.atLeast()).isFalse();
    assertThat(good.rates().getLast().diverged()).isEqualTo(1);
  }

  @Test
  void theTargetIsWhatTheBaselineReachesWithEverySeed() {
    var study =
        Study.of(
            Made.comparison(Made.side("adam", 0.90, 0.92), Made.side("sgd", 0.89, 0.95)), NONE);
    assertThat(study.target()).isEqualTo(0.90);
    var reach = Objects.requireNonNull(study.contenders().getLast().reach());
    assertThat(reach.reached()).isEqualTo(1);
    assertThat(reach.runs()).isEqualTo(2);
    assertThat(reach.steps().mean()).isEqualTo(20);
  }

  @Test
  void intervalsOfMeansAreThoseOfStudent() {
    var score =
        Study.of(Made.comparison(Made.side("adam", 0.1, 0.2, 0.3)), NONE)
            .contenders()
            .getFirst()
            .scores()
            .getFirst();
    assertThat(score.mean()).isCloseTo(0.2, within(1e-12));
    assertThat(score.high() - score.mean()).isCloseTo(4.302653 * 0.1 / Math.sqrt(3), within(1e-6));
  }

  @Test
  void curvesHaveBandsAndLayersHaveRatios() {
    var adam =
        Study.of(Made.comparison(Made.side("adam", 0.90, 0.92)), NONE).contenders().getFirst();
    assertThat(adam.curves().get("validation accuracy"))
        .last()
        .isEqualTo(new CurvePoint(2, 20, 2, 0.91, 0.90, 0.92));
    assertThat(first(adam, "updateToWeight")).isCloseTo(0.05, within(1e-12));
    assertThat(first(adam, "effectiveStep")).isCloseTo(0.0025, within(1e-12));
  }

  private static double first(Contender contender, String quantity) {
    var layer = Objects.requireNonNull(contender.layers().get("weight"));
    return Objects.requireNonNull(layer.get(quantity)).getFirst().mean();
  }

  @Test
  void memoryFollowsFromTheOptimizer() {
    var expense =
        Study.of(Made.comparison(Made.side("adam", 0.90)), new Wishes(null, null, 1e6))
            .contenders()
            .getFirst()
            .expense();
    assertThat(expense.stateBytes()).isCloseTo(8, within(0.01));
    assertThat(expense.bandwidthMilliseconds()).isCloseTo(expense.movedBytes(), within(1e-9));
    assertThat(expense.milliseconds()).isEqualTo(100);
  }
}

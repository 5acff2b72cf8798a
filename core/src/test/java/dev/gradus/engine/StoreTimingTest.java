package dev.gradus.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gradus.Rules;
import dev.gradus.Settings;
import dev.gradus.equation.Equations;
import dev.gradus.equation.Pipeline;
import dev.gradus.equation.Shape;
import dev.gradus.equation.Slot;
import dev.gradus.plan.Goal;
import dev.gradus.plan.Pass;
import dev.gradus.plan.Plan;
import dev.gradus.plan.Planner;
import dev.gradus.plan.Store;
import dev.gradus.plan.Variants;
import dev.gradus.plan.Waves;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A slot is stored when nobody needs its old value any more, not when its new value is ready. */
class StoreTimingTest {
  private static final Shape SHAPE = Shape.of(6, 7);

  /** Lion's step is made of the old average, and the ratio needs a sum over it first. */
  @Test
  void aStoreWaitsForTheLastPassThatReadsTheOldValue() {
    Plan plan = plan(Rules.parse("lion | trust-ratio"));
    assertThat(plan.passes()).hasSize(2);
    assertThat(stored(plan.passes().get(0))).isEmpty();
    assertThat(stored(plan.passes().get(1))).containsExactlyInAnyOrder("weight", "m");
  }

  /** Without a later reader there is nothing to wait for. */
  @Test
  void aStoreThatNobodyWaitsForIsMadeAtOnce() {
    Plan plan = plan(Rules.parse("momentum | trust-ratio"));
    assertThat(stored(plan.passes().get(0))).containsExactly("buffer");
    assertThat(stored(plan.passes().get(1))).containsExactly("weight");
  }

  static Stream<Pipeline> pipelines() {
    var random = new Random(23);
    return Stream.concat(
        Settings.pipelines().stream(),
        IntStream.range(0, 100).mapToObj(i -> Drawn.pipeline(random)));
  }

  @ParameterizedTest
  @MethodSource("pipelines")
  void noPassReadsAnOldValueThatIsGone(Pipeline pipeline) {
    Goal goal = goal(pipeline);
    Plan plan = Planner.plan(goal, new Waves(List.of(goal)));
    var overwritten = new HashSet<Slot>();
    var last = new HashMap<Slot, Object>();
    for (Pass pass : plan.passes()) {
      assertThat(pass.held()).doesNotContainKeys(overwritten.toArray(Slot[]::new));
      for (Store store : pass.stores()) {
        overwritten.add(store.slot());
        last.put(store.slot(), store.value());
      }
    }
    goal.next().forEach((slot, value) -> requireStored(slot, value, plan, last));
  }

  private static void requireStored(Slot slot, Object value, Plan plan, Map<Slot, Object> last) {
    Object stored =
        slot.level().isScalar()
            ? plan.scalarNext().getOrDefault(slot, slot)
            : last.getOrDefault(slot, slot);
    assertThat(stored).isSameAs(value);
  }

  private static List<String> stored(Pass pass) {
    return pass.stores().stream().map(store -> store.slot().name()).toList();
  }

  private static Plan plan(Pipeline pipeline) {
    Goal goal = goal(pipeline);
    return Planner.plan(goal, new Waves(List.of(goal)));
  }

  /** With the gradient unscaled and every other choice taken. */
  private static Goal goal(Pipeline pipeline) {
    Equations equations = Equations.of(pipeline, SHAPE);
    var goal = new Goal(equations.next(), new LinkedHashMap<>(), Optional.empty());
    return new Variants(Rewrites.rewrite(goal)).choose(-1);
  }
}

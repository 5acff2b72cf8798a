package dev.gradus.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gradus.Rules;
import dev.gradus.equation.Equations;
import dev.gradus.equation.Shape;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Memory of confined arenas. */
class UnconfinedTest {
  private static final Thread OTHER = new Thread(() -> {}, "other");

  @Test
  void onlyConfinedMemoryIsSeenDifferently() {
    var view = new Unconfined();
    try (var shared = Arena.ofShared();
        var confined = Arena.ofConfined()) {
      MemorySegment free = shared.allocate(8);
      assertThat(view.of(free)).isSameAs(free);
      MemorySegment owned = confined.allocate(8).asReadOnly();
      MemorySegment seen = view.of(owned);
      assertThat(seen.isAccessibleBy(OTHER)).isTrue();
      assertThat(seen.isReadOnly()).isTrue();
      assertThat(seen.address()).isEqualTo(owned.address());
      assertThat(seen.byteSize()).isEqualTo(8);
      assertThat(view.of(owned)).isSameAs(seen);
      assertThat(view.of(confined.allocate(8)).isReadOnly()).isFalse();
    }
  }

  @Test
  void stepsOnConfinedMemoryHaveTheSameBits() {
    try (var shared = Arena.ofShared();
        var confined = Arena.ofConfined()) {
      assertThat(trained(confined)).isEqualTo(trained(shared));
    }
  }

  private static float[] trained(Arena arena) {
    var shape = Shape.of(5, 7);
    var tensor = new TensorEquations("t", shape, Equations.of(Rules.parse("adamp"), shape));
    MemorySegment weight = drawn(arena, 1);
    var memory = new OneTensor(weight, drawn(arena, 2).asReadOnly());
    try (var engine = new NativeEngine(List.of(tensor), 1, true)) {
      engine.step(memory, Comparison.facts(1), false);
      engine.step(memory, Comparison.facts(2), false);
    }
    return weight.toArray(ValueLayout.JAVA_FLOAT);
  }

  private static MemorySegment drawn(Arena arena, double seed) {
    var values = new float[35];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) Math.sin(seed + i);
    }
    return arena.allocateFrom(ValueLayout.JAVA_FLOAT, values);
  }
}

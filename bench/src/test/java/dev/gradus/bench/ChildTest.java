package dev.gradus.bench;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ChildTest {
  @Test
  void worksInAJvmOfItsOwn() {
    try (var child = Child.start("10x20", Entrant.of("adamw", 1).checked())) {
      assertThat(child.bytes()).isEqualTo(200 * 32);
      assertThat(child.nanoseconds(2, Clock.WALL)).isPositive();
    }
  }
}

package dev.gradus.djl.admm;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PenaltiesTest {
  @Test
  void everyCutHasAShareOfThePenaltyAboveIt() {
    var penalties = new Penalties(2, 0.5, 3);
    assertThat(penalties.at(2)).isEqualTo(2);
    assertThat(penalties.at(1)).isEqualTo(1);
    assertThat(penalties.at(0)).isEqualTo(0.5);
  }
}

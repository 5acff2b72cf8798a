package dev.gradus.bench.claim;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class ToyClaimsTest {

  /** The authors' page of AdamP tells norms of 2.93 and 27.87 for this setup. */
  @Test
  void weightsGrowAsTheAuthorsSaw() {
    assertThat(WeightGrowth.table())
        .contains("| sgd(momentum=0.9) | 2.925 |", "| sgd(momentum=0.99) | 27.856 |");
  }

  /**
   * Coupled decay of 0.1 moves the minimum to where x y = 0.95, the decay inside NovoGrad's
   * momentum does not.
   */
  @Test
  void layersAreBalanced() {
    assertThat(Balance.table())
        .contains(
            "| novograd(beta2=0.5, weightDecay=0.1) | 0.003 | (1.000, 1.000) | (1.000, 1.000) |",
            "| sgd(momentum=0.95, weightDecay=0.1) | 0.01 | (0.975, 0.975) | (0.975, 0.975) |");
  }
}

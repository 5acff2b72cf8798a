package dev.gradus.djl.instance;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.DoubleBinaryOperator;
import org.junit.jupiter.api.Test;

/** What is said of rates that foretell inner products, and of some that don't. */
class SeparationTest {
  private static final int INSTANCES = 300;

  /** The sentences of a run whose inner products are made of rates and of noise. */
  private static List<String> said(int epochs, double spread, DoubleBinaryOperator product) {
    var random = new Random(4);
    var separation = new Separation(INSTANCES);
    var said = new ArrayList<String>();
    for (int step = 0; step < epochs * 10; step++) {
      for (int place = 0; place < INSTANCES / 10; place++) {
        double rate = spread * random.nextGaussian();
        separation.note(1 + rate, product.applyAsDouble(rate, random.nextGaussian()));
      }
      separation.visited(INSTANCES / 10).ifPresent(said::add);
    }
    return said;
  }

  @Test
  void ratesThatForetellNothingAreToldOfOnce() {
    assertThat(said(20, 0.5, (_, noise) -> noise))
        .singleElement()
        .asString()
        .startsWith("Rates tell hardly any examples apart: over epochs 4 and 5 their correlation");
  }

  @Test
  void ratesThatForetellProductsAreNot() {
    assertThat(said(20, 0.5, (rate, noise) -> rate + noise)).isEmpty();
    assertThat(said(20, 0.5, (_, _) -> Double.NaN)).isEmpty();
  }

  @Test
  void ratesThatStandStillAreToldOf() {
    assertThat(said(20, 1e-3, (rate, _) -> rate))
        .singleElement()
        .asString()
        .startsWith("Rates hardly move: over epochs 4 and 5 their standard deviation is 0.001");
  }

  @Test
  void nothingIsSaidBeforeTheFifthEpochIsOver() {
    assertThat(said(4, 0.5, (_, noise) -> noise)).isEmpty();
    assertThat(said(5, 0.5, (_, noise) -> noise)).hasSize(1);
  }
}

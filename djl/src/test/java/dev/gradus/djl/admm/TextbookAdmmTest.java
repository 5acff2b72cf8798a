package dev.gradus.djl.admm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.nn.Block;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.core.Linear;
import dev.gradus.Group;
import dev.gradus.Rules;
import dev.gradus.djl.Network;
import dev.gradus.djl.Training;
import dev.gradus.djl.data.Task;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * A linear network of two layers, the second one given. Its inputs have orthonormal columns, and
 * the given layer is orthogonal, so one step is the exact minimum of each sub-problem, and what
 * comes out must be ADMM as textbooks have it:
 *
 * <pre>
 * minimise over W, z:  ½‖z V − y‖² + 3 λ/2 ‖W‖²  so that  z = x W
 * z ← (y Vᵀ + ρ (x W − u)) ÷ (1 + ρ)      as V Vᵀ = 1
 * W ← ρ xᵀ (z + u) ÷ (ρ + 3 λ)            as xᵀ x = 1, of three examples
 * u ← u + z − x W
 * </pre>
 *
 * <p>Without λ the duals would not matter: they would be residuals of least squares, which xᵀ maps
 * to 0.
 */
class TextbookAdmmTest {
  private static final double RHO = 0.7;
  private static final double RIDGE = 0.1;
  private static final int ITERATIONS = 6;

  private static final double[][] X = {{2 / 3.0, 1 / 3.0}, {1 / 3.0, 2 / 3.0}, {2 / 3.0, -2 / 3.0}};
  private static final double[][] V = {{0.28, 0.96}, {0.96, -0.28}};
  private static final double[][] Y = {{1, -2}, {0.5, 3}, {-1, 2}};
  private static final double[][] W = {{0.3, -0.1}, {0.2, 0.4}};

  /** Iterations of one step, or of several epochs between which variables are remembered. */
  @ParameterizedTest
  @CsvSource({"6, 1, false", "1, 6, true", "2, 3, true"})
  void exactSubProblemsAreTextbookAdmm(int iterations, int epochs, boolean batch) {
    try (var network = network()) {
      var method =
          new BlockAdmm()
              .with("cuts", new Cuts.Balanced(2))
              .with("rho", RHO)
              .with("stepSize", 1 / (1 + RHO))
              .with("iterations", iterations)
              .with("batch", batch)
              .with("scaled", false)
              .with("onUnstable", OnUnstable.LOWER);
      // the objective of W is ρ/2 times the mean over three examples, and λ/2 ‖W‖²
      Training.of(
              network,
              Few.data(
                  new Task.Regression(List.of("a", "b"), List.of(0.0, 0.0), List.of(1.0, 1.0)),
                  examples()))
          .group(Group.all(Rules.parse("sgd"), 0))
          .group(
              Group.all(Rules.parse("sgd(weightDecay=" + RIDGE + ")"), 1 / (RHO / 3 + RIDGE))
                  .named("01Linear.*"))
          .loss((outputs, targets) -> outputs.sub(targets).square().sum(new int[] {1}).mul(0.5))
          .method(method)
          .batch(3)
          .epochs(epochs)
          .run();
      double[][] expected = textbook();
      float[] found = network.tensors().getFirst().floats();
      for (int i = 0; i < 4; i++) {
        // the layer keeps its weights by outputs
        assertThat((double) found[i]).isCloseTo(expected[i % 2][i / 2], within(1e-5));
      }
      assertThat(Math.abs(expected[0][0] - W[0][0])).isGreaterThan(0.1);
    }
  }

  private static double[][] textbook() {
    double[][] w = W;
    double[][] u = new double[3][2];
    for (int i = 0; i < ITERATIONS; i++) {
      double[][] fitted = product(X, w);
      double[][] wanted = sum(product(Y, transposed(V)), RHO, sum(fitted, -1, u));
      double[][] z = sum(wanted, 1 / (1 + RHO) - 1, wanted);
      double[][] least = product(transposed(X), sum(z, 1, u));
      w = sum(least, RHO / 3 / (RHO / 3 + RIDGE) - 1, least);
      u = sum(sum(u, 1, z), -1, product(X, w));
    }
    return w;
  }

  private static double[][] product(double[][] a, double[][] b) {
    var product = new double[a.length][b[0].length];
    for (int i = 0; i < a.length; i++) {
      for (int j = 0; j < b[0].length; j++) {
        for (int k = 0; k < b.length; k++) {
          product[i][j] += a[i][k] * b[k][j];
        }
      }
    }
    return product;
  }

  private static double[][] sum(double[][] a, double factor, double[][] b) {
    var sum = new double[a.length][a[0].length];
    for (int i = 0; i < a.length; i++) {
      for (int j = 0; j < a[0].length; j++) {
        sum[i][j] = a[i][j] + factor * b[i][j];
      }
    }
    return sum;
  }

  private static double[][] transposed(double[][] a) {
    var transposed = new double[a[0].length][a.length];
    for (int i = 0; i < a.length; i++) {
      for (int j = 0; j < a[0].length; j++) {
        transposed[j][i] = a[i][j];
      }
    }
    return transposed;
  }

  private static Network network() {
    var network = Network.of("linear", new SequentialBlock().add(linear()).add(linear()), Set.of());
    network.initialise(List.of(2L), 0);
    Few.set(network, 0, List.of(W[0][0], W[1][0], W[0][1], W[1][1]));
    Few.set(network, 1, List.of(V[0][0], V[1][0], V[0][1], V[1][1]));
    return network;
  }

  private static Block linear() {
    return Linear.builder().setUnits(2).optBias(false).build();
  }

  private static Few.Held examples() {
    var inputs = new ArrayList<float[]>();
    var targets = new ArrayList<float[]>();
    for (int row = 0; row < 3; row++) {
      inputs.add(new float[] {(float) X[row][0], (float) X[row][1]});
      targets.add(new float[] {(float) Y[row][0], (float) Y[row][1]});
    }
    return new Few.Held(List.of(2L), inputs, List.of(2L), targets);
  }
}

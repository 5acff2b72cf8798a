package dev.gradus.bench.layerwise;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LayerwiseAdmmTest {
  private static final int EXAMPLES = 40;
  private static final int CLASSES = 3;

  private final NDManager manager = NDManager.newBaseManager();

  LayerwiseAdmmTest() {
    manager.getEngine().setRandomSeed(5);
  }

  @AfterEach
  void free() {
    manager.close();
  }

  private NDArray random(long... shape) {
    return manager.randomNormal(new Shape(shape));
  }

  private NDArray classes() {
    var numbers = manager.arange(EXAMPLES).mod(CLASSES).toType(DataType.INT64, false);
    return numbers.oneHot(CLASSES);
  }

  private List<NDArray> weights() {
    return List.of(
        random(7, 5), random(7), random(6, 7), random(6), random(CLASSES, 6), random(CLASSES));
  }

  @ParameterizedTest
  @ValueSource(doubles = {0.01, 1, 10})
  void noStepButThatOfTheDualRaisesTheLagrangian(double rho) {
    var admm = new LayerwiseAdmm(random(EXAMPLES, 5), classes(), weights(), rho);
    double before = admm.lagrangian();
    for (int iteration = 0; iteration < 20; iteration++) {
      for (var step : Stream.concat(admm.down(), admm.up()).toList()) {
        step.run();
        double after = admm.lagrangian();
        assertThat(after).isLessThanOrEqualTo(before + 1e-4 * Math.abs(before));
        before = after;
      }
      admm.moveDual();
      before = admm.lagrangian();
    }
  }

  @Test
  void weightsAndActivationsGoToTheLowestPointAlongTheirGradient() {
    var weights = weights();
    var admm = new LayerwiseAdmm(random(EXAMPLES, 5), classes(), weights, 0.5);
    admm.iterate();
    var weight = weights.get(2);
    var before = weight.duplicate();
    admm.up().skip(4).findFirst().orElseThrow().run();
    var step = weight.sub(before);
    double lowest = admm.lagrangian();
    for (double further : new double[] {-0.1, 0.1}) {
      before.add(step.mul(1 + further)).copyTo(weight);
      assertThat(admm.lagrangian()).isGreaterThan(lowest);
    }
  }

  @Test
  void variablesInFrontOfReluAreTheBestOfAFineGrid() {
    var outputs = random(200).mul(2);
    var activations = random(200).mul(2);
    float[] found = ReluVariables.nearest(outputs, activations).toFloatArray();
    for (int i = 0; i < found.length; i++) {
      double lowest = Double.POSITIVE_INFINITY;
      for (double z = -8; z <= 8; z += 1e-3) {
        lowest = Math.min(lowest, cost(z, outputs.getFloat(i), activations.getFloat(i)));
      }
      assertThat(cost(found[i], outputs.getFloat(i), activations.getFloat(i)))
          .isCloseTo(lowest, within(1e-5));
    }
  }

  private static double cost(double linear, double outputs, double activations) {
    double apart = linear - outputs;
    double wanted = activations - Math.max(0, linear);
    return apart * apart + wanted * wanted;
  }

  @Test
  void variablesInFrontOfTheLossAreWhereItsGradientIsThatOfThePenalty() {
    var loss = new LossVariables(classes(), 0.1);
    var centre = random(EXAMPLES, CLASSES).mul(3);
    var found = loss.nearest(centre.zerosLike(), centre);
    var gradient = found.softmax(1).sub(classes()).add(found.sub(centre).mul(0.1));
    assertThat(gradient.abs().max().getFloat()).isLessThan(2e-3f);
  }

  @Test
  void learnsClassesThatAreApart() {
    var classes = classes();
    var inputs = classes.matMul(random(CLASSES, 5).mul(3)).add(random(EXAMPLES, 5).mul(0.1));
    var weights = weights();
    var admm = new LayerwiseAdmm(inputs, classes, weights, 1);
    for (int iteration = 0; iteration < 60; iteration++) {
      admm.iterate();
    }
    var outputs = inputs;
    for (int i = 0; i < weights.size(); i += 2) {
      outputs = outputs.matMul(weights.get(i).transpose()).add(weights.get(i + 1));
      outputs = i == weights.size() - 2 ? outputs : outputs.maximum(0);
    }
    assertThat(outputs.argMax(1)).isEqualTo(classes.argMax(1));
  }
}

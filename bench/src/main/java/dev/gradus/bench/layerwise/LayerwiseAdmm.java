package dev.gradus.bench.layerwise;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDScope;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Layer-wise ADMM over a whole training part at once, for linear layers with ReLU between them and
 * cross entropy behind.
 *
 * <pre>
 * L = Σ ℓ(z_L) + ρ/2 Σ_l ‖z_l − W_l a_l₋₁ − b_l‖² + ρ/2 Σ_l&lt;L ‖a_l − max(0, z_l)‖², in z_L with + u
 * an iteration, each line where L is lower than before:
 *   l = L … 1:  a_l (l &lt; L), z_l, b_l, W_l
 *   l = 1 … L:  W_l, b_l, z_l, a_l (l &lt; L)
 *   u ← u + z_L − W_L a_L₋₁ − b_L
 * </pre>
 *
 * <p>W and a go along their gradient g to the minimum of a quadratic majoriser, by g ÷ θ. L is
 * quadratic in them, so the smallest θ at which backtracking can end is known: the curvature of L
 * along g. It is taken for each row of W and for each example of a. b is the minimiser; so is z,
 * see {@link ReluVariables} and {@link LossVariables}.
 *
 * <p>Reference: Wang, Yu, Chen and Zhao, ADMM for Efficient Deep Learning with Global Convergence,
 * KDD 2019. One ρ stands for both penalties of the publication, and sums are over examples.
 */
final class LayerwiseAdmm {
  /** Far below every square that matters, and above 0. */
  private static final double TINY = 1e-30;

  private final double rho;
  private final NDArray inputs;
  private final LossVariables loss;
  private final List<LinearLayer> layers;
  private final NDArray dual;

  /**
   * Begins where a forward pass leads, with a dual variable of 0.
   *
   * @param inputs an example a row
   * @param classes one 1 a row
   * @param weights of each layer and its bias in turns; they are changed in place
   */
  LayerwiseAdmm(NDArray inputs, NDArray classes, List<NDArray> weights, double rho) {
    this.rho = rho;
    this.inputs = inputs;
    loss = new LossVariables(classes, rho);
    layers = new ArrayList<>();
    var input = inputs;
    for (int i = 0; i < weights.size(); i += 2) {
      var layer = LinearLayer.of(weights.get(i), weights.get(i + 1), input);
      layers.add(layer);
      input = layer.activations();
    }
    dual = layers.getLast().linear().zerosLike();
  }

  void iterate() {
    try (var scope = new NDScope()) {
      scope.suppressNotUsedWarning();
      Stream.concat(down(), up()).forEach(Runnable::run);
      moveDual();
    }
  }

  /** The way from the loss to the inputs. */
  Stream<Runnable> down() {
    return Stream.iterate(last(), layer -> layer >= 0, layer -> layer - 1)
        .flatMap(
            layer ->
                Stream.of(
                    () -> moveActivations(layer),
                    () -> moveLinear(layer),
                    () -> moveBias(layer),
                    () -> moveWeight(layer)));
  }

  /** The way back. */
  Stream<Runnable> up() {
    return Stream.iterate(0, layer -> layer <= last(), layer -> layer + 1)
        .flatMap(
            layer ->
                Stream.of(
                    () -> moveWeight(layer),
                    () -> moveBias(layer),
                    () -> moveLinear(layer),
                    () -> moveActivations(layer)));
  }

  private int last() {
    return layers.size() - 1;
  }

  private NDArray input(int layer) {
    return layer == 0 ? inputs : layers.get(layer - 1).activations();
  }

  /** How far z is from what the layer makes of its input, for the last layer with the dual. */
  private NDArray residual(int layer) {
    var apart = layers.get(layer).linear().sub(layers.get(layer).outputs());
    return layer == last() ? apart.add(dual) : apart;
  }

  private void moveWeight(int layer) {
    var moved = layers.get(layer);
    var direction = residual(layer).transpose().matMul(input(layer));
    var change = input(layer).matMul(direction.transpose());
    var step = squares(direction, 1).div(squares(change, 0).transpose().add(TINY));
    moved.weight().addi(direction.mul(step));
    moved.product().addi(change.mul(step.transpose()));
  }

  private void moveBias(int layer) {
    layers.get(layer).bias().addi(residual(layer).mean(new int[] {0}));
  }

  private void moveLinear(int layer) {
    var moved = layers.get(layer);
    var next =
        layer == last()
            ? loss.nearest(moved.linear(), moved.outputs().sub(dual))
            : ReluVariables.nearest(moved.outputs(), moved.activations());
    next.copyTo(moved.linear());
  }

  private void moveActivations(int layer) {
    if (layer == last()) {
      return;
    }
    var moved = layers.get(layer);
    var above = layers.get(layer + 1);
    var apart = moved.activations().sub(moved.linear().maximum(0));
    var direction = residual(layer + 1).matMul(above.weight()).sub(apart);
    var change = direction.matMul(above.weight().transpose());
    var own = squares(direction, 1);
    var step = own.div(own.add(squares(change, 1)).add(TINY));
    moved.activations().addi(direction.mul(step));
    above.product().addi(change.mul(step));
  }

  void moveDual() {
    residual(last()).copyTo(dual);
  }

  private static NDArray squares(NDArray array, int axis) {
    return array.square().sum(new int[] {axis}, true);
  }

  /** L, from its definition. */
  double lagrangian() {
    double sum = loss.of(layers.getLast().linear());
    for (int layer = 0; layer <= last(); layer++) {
      var own = layers.get(layer);
      var outputs = input(layer).matMul(own.weight().transpose()).add(own.bias());
      var apart = own.linear().sub(outputs);
      sum += rho / 2 * sumOfSquares(layer == last() ? apart.add(dual) : apart);
      if (layer < last()) {
        sum += rho / 2 * sumOfSquares(own.activations().sub(own.linear().maximum(0)));
      }
    }
    return sum;
  }

  private static double sumOfSquares(NDArray array) {
    double sum = 0;
    for (float value : array.toFloatArray()) {
      sum += (double) value * value;
    }
    return sum;
  }
}

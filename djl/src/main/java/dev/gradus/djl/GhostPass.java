package dev.gradus.djl;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.types.DataType;
import ai.djl.nn.Block;
import ai.djl.training.ParameterStore;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * ⟨v, ∇Lᵢ⟩ for every example of a batch, without the gradient of any.
 *
 * <pre>
 * forward    aᵢ = the input of a layer, its output + tap, where the tap is 0
 * backward   δᵢ = ∂Lᵢ ÷ ∂ tap                          from Σ L, as far as the taps only
 * forward    pᵢ = Σ over layers ⟨δᵢ, layer(aᵢ; v)⟩       the layer with v in place of its weights
 * </pre>
 *
 * <p>It is right where each layer computes every example by itself and is linear in its parameters:
 * then layer(aᵢ; v) is the derivative of its output along v.
 *
 * @param layers one after the other
 * @param weights what the layers compute with; needs no gradients
 * @param direction v, in the place of each weight
 */
record GhostPass(List<Block> layers, ParameterStore weights, ParameterStore direction) {

  /** A layer with parameters, what went into it and the tap behind it. */
  private record Tapped(Block layer, NDList inputs, NDArray tap) {}

  /**
   * Computes the inner products.
   *
   * @param inputs of the batch; everything belongs to their manager
   * @param loss from outputs to the loss of each example
   * @return one number for each example
   */
  double[] products(NDArray inputs, UnaryOperator<NDArray> loss) {
    var tapped = new ArrayList<Tapped>();
    try (var collector = Engine.getInstance().newGradientCollector()) {
      collector.backward(loss.apply(forward(inputs, tapped)).sum());
    }
    var products = new double[(int) inputs.size(0)];
    Torch.withoutGradients(
        () -> {
          tapped.forEach(layer -> add(layer, products));
          return products;
        });
    return products;
  }

  private NDArray forward(NDArray inputs, List<Tapped> tapped) {
    var current = new NDList(inputs);
    for (Block layer : layers) {
      var outputs = layer.forward(weights, current, true);
      if (!layer.getDirectParameters().isEmpty()) {
        var tap = outputs.singletonOrThrow().zerosLike();
        tap.setRequiresGradient(true);
        tapped.add(new Tapped(layer, current, tap));
        outputs = new NDList(outputs.singletonOrThrow().add(tap));
      }
      current = outputs;
    }
    return current.singletonOrThrow();
  }

  private void add(Tapped tapped, double[] products) {
    try (var scope = new NDScope();
        var delta = Torch.gradient(tapped.tap)) {
      scope.suppressNotUsedWarning();
      if (delta != null) {
        var along = tapped.layer.forward(direction, tapped.inputs, true).singletonOrThrow();
        var rows = delta.mul(along).reshape(products.length, -1).sum(new int[] {1});
        double[] shares = rows.toType(DataType.FLOAT64, false).toDoubleArray();
        for (int place = 0; place < products.length; place++) {
          products[place] += shares[place];
        }
      }
    }
  }
}

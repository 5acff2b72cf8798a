package dev.gradus.bench.layerwise;

import ai.djl.ndarray.NDArray;

/**
 * A linear layer and its variables, an example a row. All arrays are changed in place.
 *
 * @param weight W, an output a row
 * @param bias b
 * @param product W × inputs, kept up to date because each step knows how it changes
 * @param linear z, what the outputs are to be
 * @param activations a, what max(0, z) is to be
 */
record LinearLayer(
    NDArray weight, NDArray bias, NDArray product, NDArray linear, NDArray activations) {

  static LinearLayer of(NDArray weight, NDArray bias, NDArray inputs) {
    var product = inputs.matMul(weight.transpose());
    var linear = product.add(bias);
    return new LinearLayer(weight, bias, product, linear, linear.maximum(0));
  }

  NDArray outputs() {
    return product.add(bias);
  }
}

package dev.gradus.djl.model;

import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import ai.djl.nn.Block;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.convolutional.Conv2d;
import ai.djl.nn.core.Linear;
import ai.djl.nn.norm.BatchNorm;
import ai.djl.nn.norm.Dropout;
import ai.djl.nn.pooling.Pool;
import java.util.LinkedHashSet;
import java.util.Set;

/** Layers one after the other, each with a name of its own. */
final class Layers extends SequentialBlock {
  private final Set<String> normalised = new LinkedHashSet<>();

  Layers then(String name, Block layer) {
    addChildBlock(name, layer);
    return this;
  }

  Layers then(String name, Layers layers) {
    return then(name, layers, layers.normalised);
  }

  Layers then(String name, Residual residual) {
    return then(name, residual, residual.normalised());
  }

  private Layers then(String name, Block layers, Set<String> below) {
    below.forEach(weight -> normalised.add(name + "." + weight));
    return then(name, layers);
  }

  /** A layer whose outputs are normalised over the batch. */
  private Layers normalised(String name, Block layer) {
    normalised.add(name + ".weight");
    return then(name, layer).then(name + "Norm", BatchNorm.builder().build());
  }

  /** A square convolution that keeps the size at a stride of 1, and batch normalisation. */
  Layers convolution(String name, int channels, int kernel, int stride) {
    return normalised(
        name,
        Conv2d.builder()
            .setFilters(channels)
            .setKernelShape(new Shape(kernel, kernel))
            .optStride(new Shape(stride, stride))
            .optPadding(new Shape(kernel / 2, kernel / 2))
            .optBias(false)
            .build());
  }

  /** A linear layer without a bias, and batch normalisation. */
  Layers hidden(String name, int units) {
    return normalised(name, Linear.builder().setUnits(units).optBias(false).build());
  }

  /** Puts a layer in front of the last. */
  Layers beforeLast(String name, Block layer) {
    var last = getChildren().get(getChildren().size() - 1);
    removeLastBlock();
    return then(name, layer).then(last.getKey().replaceFirst("^\\d+", ""), last.getValue());
  }

  /** The last layer. */
  Layers outputs(int outputs) {
    return then("output", Linear.builder().setUnits(outputs).build());
  }

  Layers relu() {
    return then("relu", Activation.reluBlock());
  }

  Layers halve() {
    return then("pool", Pool.maxPool2dBlock(new Shape(2, 2), new Shape(2, 2)));
  }

  Layers meanOverImage() {
    return then("mean", Pool.globalAvgPool2dBlock());
  }

  Layers dropout(double rate) {
    return rate == 0 ? this : then("dropout", Dropout.builder().optRate((float) rate).build());
  }

  /** The names of the weights whose outputs are normalised. */
  Set<String> normalised() {
    return normalised;
  }
}

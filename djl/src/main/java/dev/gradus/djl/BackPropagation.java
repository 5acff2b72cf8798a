package dev.gradus.djl;

import ai.djl.engine.Engine;

/** One forward and one backward pass through the whole network. */
record BackPropagation(Network network) implements TrainingMethod.Running {

  @Override
  public double gradients(BatchPart part, int update) {
    try (var collector = Engine.getInstance().newGradientCollector()) {
      var loss = part.loss(network.forward(part.inputs(), true));
      if (Double.isFinite(loss.value())) {
        collector.backward(loss.sum());
      }
      return loss.value();
    }
  }
}

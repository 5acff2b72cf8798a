package dev.gradus.djl;

import ai.djl.ndarray.NDScope;

/**
 * Inner products from the losses at weights moved a little to and fro along the direction: two
 * forward passes, right for every network.
 *
 * @param before the weights before the step
 * @param now the weights of now, to be put back
 * @param statistics the running statistics, to be put back
 */
record CentralDifferences(
    Training training,
    ParameterValues before,
    ParameterValues now,
    ParameterValues statistics,
    Direction direction)
    implements InnerProducts {

  /** How far weights are moved each way: small beside them, large beside their rounding. */
  private static final double DISTANCE = 1e-2;

  @Override
  public double[] of(Batch batch, long step) {
    var products = new double[batch.size()];
    double distance = DISTANCE / direction.length();
    statistics.remember();
    now.remember();
    try {
      addLosses(batch, step, distance, products);
      addLosses(batch, step, -distance, products);
    } finally {
      now.putBack();
      statistics.putBack();
    }
    return products;
  }

  /** Adds each example's share in the difference quotient: its loss at moved weights. */
  private void addLosses(Batch batch, long step, double distance, double[] to) {
    before.putBackMoved(direction.values(), (float) distance);
    int place = 0;
    for (var part : Part.of(training, batch, step, 0)) {
      for (float loss : Torch.withoutGradients(() -> losses(part.seeded()))) {
        to[place++] += loss * 0.5 / distance;
      }
    }
  }

  private float[] losses(Batch part) {
    var arrays = new BatchArrays(part, training.data.train());
    try (var scope = new NDScope();
        var manager = training.network.newScope()) {
      scope.suppressNotUsedWarning();
      var outputs = training.network.forward(arrays.inputs(manager), true);
      return training.loss.ofEach(outputs, arrays.targets(manager)).toFloatArray();
    }
  }
}

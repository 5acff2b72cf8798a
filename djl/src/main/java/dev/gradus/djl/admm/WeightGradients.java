package dev.gradus.djl.admm;

import ai.djl.ndarray.NDArray;
import ai.djl.training.GradientCollector;

/**
 * The gradients of all blocks' weights by one backward pass: the inputs of a block are constants,
 * so the objectives of different blocks have no weight in common, and their sum has the gradients
 * of each.
 */
record WeightGradients(BlockAdmm method, StepSizes sizes, Residuals residuals) {

  /**
   * Adds to the gradients.
   *
   * @param start the variables when the iteration began
   * @param now the variables of now, towards which blocks are pulled
   */
  void add(Point start, Point now, Passes passes, GradientCollector collector) {
    var from = method.inputs() == BlockInputs.FORWARD ? start : now;
    var part = passes.part();
    NDArray sum = part.loss(passes.outputs(now.cuts(), from.input(now.cuts()))).sum();
    for (int block = 0; block < now.cuts(); block++) {
      var outputs = passes.outputs(block, from.input(block));
      var moved = now.variables(block).sub(start.variables(block));
      residuals.add(block, passes.standsFor(now, block), outputs.stopGradient(), moved);
      double factor = part.share() / (method.scaled() ? sizes.shrinkage(block) : 1);
      sum = sum.add(passes.objective(block, outputs, now).mul(factor));
    }
    collector.backward(sum);
  }
}

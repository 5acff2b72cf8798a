package dev.gradus.djl.admm;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;

/**
 * What stands between two blocks: how the outputs of the one and the auxiliary variables, which the
 * other is given, belong together.
 */
interface Junction {

  /** What the next block is given in an ordinary forward pass. */
  NDArray passed(NDArray outputs);

  /** The shape of what the next block is given. */
  default Shape passed(Shape outputs) {
    return outputs;
  }

  /** The outputs that some auxiliary variables stand for. */
  default NDArray outputsOf(NDArray variables) {
    return variables;
  }

  /** A gradient by {@link #outputsOf} as one by the auxiliary variables. */
  default NDArray pulled(NDArray gradient) {
    return gradient;
  }

  /** The largest eigenvalue of the second derivative of ½‖outputsOf‖² by the variables. */
  default double curvature() {
    return 1;
  }

  /** Brings variables to where they may be, after a step of some size. */
  NDArray nearest(NDArray variables, double step);

  /**
   * The duals with which weights are trained.
   *
   * @param duals those until now
   * @param apart how far outputs were from what variables stood for before these moved
   * @param shrinkage what the objective of the weights is divided by
   */
  default NDArray duals(NDArray duals, NDArray apart, double shrinkage) {
    return duals;
  }

  /** What it learns by itself. */
  default Learning learning() {
    return Learning.NOTHING;
  }

  /** Variables that are the outputs themselves, within a constraint. */
  record Equal(Constraint constraint) implements Junction {
    @Override
    public NDArray passed(NDArray outputs) {
      return outputs;
    }

    @Override
    public NDArray nearest(NDArray variables, double step) {
      return constraint.nearest(variables, step);
    }
  }
}

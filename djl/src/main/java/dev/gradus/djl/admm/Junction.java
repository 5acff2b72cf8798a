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
  NDArray outputsOf(NDArray variables);

  /** A gradient by {@link #outputsOf} as one by the auxiliary variables. */
  NDArray pulled(NDArray gradient);

  /** The largest eigenvalue of the second derivative of ½‖outputsOf‖² by the variables. */
  double curvature();

  /** Brings variables to where they may be, after a step of some size. */
  NDArray nearest(NDArray variables, double step);

  /** Learns from variables what they stand for. */
  default void learn(NDArray variables, NDArray outputs) {}

  /** Variables that are the outputs themselves, within a constraint. */
  record Equal(Constraint constraint) implements Junction {
    @Override
    public NDArray passed(NDArray outputs) {
      return outputs;
    }

    @Override
    public NDArray outputsOf(NDArray variables) {
      return variables;
    }

    @Override
    public NDArray pulled(NDArray gradient) {
      return gradient;
    }

    @Override
    public double curvature() {
      return 1;
    }

    @Override
    public NDArray nearest(NDArray variables, double step) {
      return constraint.nearest(variables, step);
    }
  }
}

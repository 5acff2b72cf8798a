package dev.gradus.djl.admm;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;

/**
 * A layer whose outputs are its inputs moved to where a {@link Constraint} wants them, such as
 * their signs. No gradient passes it: train it with {@link BlockAdmm}.
 *
 * <p>Block-ADMM keeps the variables behind it within the constraint, and pulls what is below
 * towards them <i>before</i> they are moved there. So nothing stands in for the missing derivative.
 */
public final class ProjectionLayer extends JunctionLayer {
  private final Constraint constraint;

  /**
   * A layer without parameters.
   *
   * @param constraint where its outputs are; one with a price acts as after a step of 1
   */
  public ProjectionLayer(Constraint constraint) {
    this.constraint = constraint;
  }

  @Override
  Junction junction() {
    return new Projected(constraint);
  }

  @Override
  public Shape[] getOutputShapes(Shape[] inputShapes) {
    return inputShapes;
  }

  /** Variables within a constraint, from which the outputs below it are at some distance. */
  private record Projected(Constraint constraint) implements Junction {
    @Override
    public NDArray passed(NDArray outputs) {
      return constraint.nearest(outputs, 1);
    }

    @Override
    public NDArray nearest(NDArray variables, double step) {
      return constraint.nearest(variables, step);
    }
  }
}

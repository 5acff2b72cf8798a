package dev.gradus.engine;

import dev.gradus.equation.Fact;

/** The numbers that the host knows before a step. */
@FunctionalInterface
public interface StepFacts {
  /**
   * A fact's value.
   *
   * @param fact the fact; never one of the tensor's shape, which engines know themselves
   * @param tensor the tensor that asks, in the order given to the engine
   * @return the value
   */
  double value(Fact fact, int tensor);
}

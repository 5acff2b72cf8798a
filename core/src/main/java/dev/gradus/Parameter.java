package dev.gradus;

import dev.gradus.equation.Shape;

/**
 * A tensor to be trained.
 *
 * @param name a unique name without a slash, which separates it from its states in checkpoints
 * @param shape its shape, row-major, the first dimension being the output unit
 * @param type what it is to its network
 */
public record Parameter(String name, Shape shape, ParameterType type) {
  /** Refuses a name that checkpoints can't hold. */
  public Parameter {
    if (name.isEmpty() || name.contains("/")) {
      throw new UserException(
          "A parameter can't be named '"
              + name
              + "', because checkpoints separate a parameter from its states by a slash; rename"
              + " it.");
    }
  }
}

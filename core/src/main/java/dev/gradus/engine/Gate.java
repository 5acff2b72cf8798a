package dev.gradus.engine;

import dev.gradus.equation.Facts;
import dev.gradus.equation.Level;
import dev.gradus.equation.ModelFold;

/**
 * The sum of squares of every gradient. It is finite exactly if no gradient is infinite or
 * not-a-number and none overflows when squared in the precision of the states; nothing is stored
 * before it is known.
 */
public final class Gate {
  static final String NAME = "finite gradients";

  /** The sum itself. */
  public static final ModelFold SUM_OF_SQUARES =
      (ModelFold) Facts.GRADIENT.square().sum(Level.TENSOR).sumOverModel(NAME);

  private Gate() {}
}

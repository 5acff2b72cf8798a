package dev.gradus.engine;

import java.util.List;

/** Makes the engine of an optimizer. */
@FunctionalInterface
public interface EngineSource {
  /**
   * An engine for some tensors.
   *
   * @param tensors the tensors and their equations
   * @param checkFinite whether a gradient that is not finite leaves everything unchanged
   * @return the engine, which is closed with its optimizer
   */
  Engine engine(List<TensorEquations> tensors, boolean checkFinite);
}

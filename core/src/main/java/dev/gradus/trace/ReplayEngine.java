package dev.gradus.trace;

import dev.gradus.engine.EngineSource;
import dev.gradus.engine.NativeEngine;
import dev.gradus.engine.ReferenceEngine;

/**
 * The engine by which a trace is replayed.
 *
 * @param source makes it
 * @param precision the precision of the weights and gradients it is given
 */
public record ReplayEngine(EngineSource source, Precision precision) {
  /** The equations as they stand, in double precision. */
  public static final ReplayEngine REFERENCE =
      new ReplayEngine(ReferenceEngine::new, Precision.DOUBLE);

  /** The loops that training runs, in single precision. */
  public static final ReplayEngine NATIVE =
      new ReplayEngine(
          (tensors, checkFinite) -> new NativeEngine(tensors, 1, checkFinite), Precision.SINGLE);
}

package dev.gradus.djl.array;

import ai.djl.ndarray.NDArray;

/** A value per weight, and what may be done with the memory it lies in once nobody needs it. */
final class Value {
  /** Whose memory it is. */
  enum Memory {
    /** Made for this value; freed after its last use, or taken for another. */
    TEMPORARY,
    /** A slot's that the step replaces: it may hold other values until then. */
    REPLACED,
    /** A slot's that the step leaves as it is. */
    KEPT
  }

  private final NDArray array;
  private final Memory memory;

  Value(NDArray array, Memory memory) {
    this.array = array;
    this.memory = memory;
  }

  static Value temporary(NDArray array) {
    return new Value(array, Memory.TEMPORARY);
  }

  NDArray array() {
    return array;
  }

  boolean isTemporary() {
    return memory == Memory.TEMPORARY;
  }

  boolean mayBeOverwritten() {
    return memory != Memory.KEPT;
  }

  /** To be called after the last use. */
  void free() {
    if (isTemporary()) {
      array.close();
    }
  }
}

package dev.gradus.djl;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.index.NDIndex;

/** Values from one array to another, whatever their devices and the order of their memory. */
final class Transfer {
  private Transfer() {}

  /** Writes values into an array's own memory; no derivative takes notice. */
  static void copy(NDArray values, NDArray to) {
    try (NDArray plain = values.stopGradient();
        NDArray there = plain.toDevice(to.getDevice(), true);
        NDArray target = to.stopGradient()) {
      target.set(new NDIndex("..."), there);
    }
  }
}

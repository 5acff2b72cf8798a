package dev.gradus.djl.data;

import java.util.List;

final class Shapes {
  private Shapes() {}

  static int length(List<Long> shape) {
    return Math.toIntExact(shape.stream().reduce(1L, Math::multiplyExact));
  }
}

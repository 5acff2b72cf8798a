package dev.gradus.djl;

import java.util.Arrays;
import java.util.List;

/** Answers with the same inner products always. */
record Answering(List<Double> products) implements Probe {
  static Answering of(double... products) {
    return new Answering(Arrays.stream(products).boxed().toList());
  }

  @Override
  public long step() {
    return 0;
  }

  @Override
  public void aim() {}

  @Override
  public double[] innerProducts(Batch batch) {
    return products.stream().mapToDouble(Double::doubleValue).toArray();
  }

  @Override
  public double length() {
    return 1;
  }
}

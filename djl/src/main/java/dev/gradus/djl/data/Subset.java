package dev.gradus.djl.data;

import java.util.List;
import java.util.Objects;

final class Subset implements Examples {
  private final Examples all;
  private final int[] indices;

  Subset(Examples all, int[] indices) {
    this.all = all;
    this.indices = indices.clone();
    for (int index : this.indices) {
      Objects.checkIndex(index, all.size());
    }
  }

  @Override
  public int size() {
    return indices.length;
  }

  @Override
  public List<Long> inputShape() {
    return all.inputShape();
  }

  @Override
  public List<Long> targetShape() {
    return all.targetShape();
  }

  @Override
  public void input(int index, float[] into, int offset) {
    all.input(indices[index], into, offset);
  }

  @Override
  public void target(int index, float[] into, int offset) {
    all.target(indices[index], into, offset);
  }

  @Override
  public String identity(int index) {
    return all.identity(indices[index]);
  }

  @Override
  public long contents(int index) {
    return all.contents(indices[index]);
  }
}

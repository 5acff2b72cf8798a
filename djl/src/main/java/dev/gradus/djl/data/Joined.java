package dev.gradus.djl.data;

import java.util.List;

/** Examples and behind them others of the same shapes, whose names get a word before them. */
final class Joined implements Examples {
  private final Examples first;
  private final Examples second;
  private final String word;

  Joined(Examples first, Examples second, String word) {
    if (!first.inputShape().equals(second.inputShape())
        || !first.targetShape().equals(second.targetShape())) {
      throw new IllegalArgumentException(
          "shapes " + first.inputShape() + " and " + second.inputShape());
    }
    this.first = first;
    this.second = second;
    this.word = word;
  }

  private boolean isFirst(int index) {
    return index < first.size();
  }

  private int behind(int index) {
    return index - first.size();
  }

  @Override
  public int size() {
    return Math.addExact(first.size(), second.size());
  }

  @Override
  public List<Long> inputShape() {
    return first.inputShape();
  }

  @Override
  public List<Long> targetShape() {
    return first.targetShape();
  }

  @Override
  public void input(int index, float[] into, int offset) {
    if (isFirst(index)) {
      first.input(index, into, offset);
    } else {
      second.input(behind(index), into, offset);
    }
  }

  @Override
  public void target(int index, float[] into, int offset) {
    if (isFirst(index)) {
      first.target(index, into, offset);
    } else {
      second.target(behind(index), into, offset);
    }
  }

  @Override
  public String identity(int index) {
    return isFirst(index) ? first.identity(index) : word + " " + second.identity(behind(index));
  }

  @Override
  public long contents(int index) {
    return isFirst(index) ? first.contents(index) : second.contents(behind(index));
  }
}

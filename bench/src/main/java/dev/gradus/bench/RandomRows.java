package dev.gradus.bench;

import dev.gradus.djl.data.Examples;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Short rows of noise in random classes.
 *
 * @param size how many
 */
record RandomRows(int size) implements Examples {
  static final int CLASSES = 10;
  private static final int COLUMNS = 16;

  @Override
  public List<Long> inputShape() {
    return List.of((long) COLUMNS);
  }

  @Override
  public List<Long> targetShape() {
    return List.of();
  }

  @Override
  public void input(int index, float[] into, int offset) {
    var random = new SplittableRandom(index);
    for (int i = 0; i < COLUMNS; i++) {
      into[offset + i] = (float) random.nextDouble(-1, 1);
    }
  }

  @Override
  public void target(int index, float[] into, int offset) {
    into[offset] = new SplittableRandom(index).nextInt(CLASSES);
  }

  @Override
  public String identity(int index) {
    return "row " + index;
  }
}

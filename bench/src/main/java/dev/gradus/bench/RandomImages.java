package dev.gradus.bench;

import dev.gradus.djl.data.Examples;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Grey images of noise in random classes.
 *
 * @param size how many
 */
record RandomImages(int size) implements Examples {
  static final int CLASSES = 10;
  private static final long SIDE = 28;

  @Override
  public List<Long> inputShape() {
    return List.of(1L, SIDE, SIDE);
  }

  @Override
  public List<Long> targetShape() {
    return List.of();
  }

  @Override
  public void input(int index, float[] into, int offset) {
    var random = new SplittableRandom(index);
    for (int i = 0; i < inputLength(); i++) {
      into[offset + i] = (float) random.nextDouble(-1, 1);
    }
  }

  @Override
  public void target(int index, float[] into, int offset) {
    into[offset] = new SplittableRandom(index).nextInt(CLASSES);
  }

  @Override
  public String identity(int index) {
    return "image " + index;
  }
}

package dev.gradus.cli.explain;

/**
 * Reads one array and updates others in place, as an optimizer does with gradients, and with
 * weights and states.
 *
 * <p>The number of arrays matters: a core fetches few streams of memory more slowly than many, so
 * that the bytes of {@code sgd} take longer, each, than those of {@code adam}.
 */
sealed interface Stream extends Runnable {
  /** More streams than these are no faster. */
  int MOST_ARRAYS = 5;

  /** What is moved, in bytes: the gradients are read, all else is read and written. */
  double bytes();

  /**
   * A loop through as much memory as an optimizer's step.
   *
   * @param weights how many weights the step has
   * @param kept how many floats there are per weight, gradient included
   */
  static Stream of(long weights, int kept) {
    int arrays = Math.clamp(kept, 2, MOST_ARRAYS);
    int length = Math.toIntExact(Math.max(1, weights * kept / arrays));
    var gradients = new float[length];
    return switch (arrays) {
      case 2 -> new One(gradients, new float[length]);
      case 3 -> new Two(gradients, new float[length], new float[length]);
      case 4 -> new Three(gradients, new float[length], new float[length], new float[length]);
      default ->
          new Four(
              gradients,
              new float[length],
              new float[length],
              new float[length],
              new float[length]);
    };
  }

  private static double bytes(float[] gradients, int updated) {
    return (double) gradients.length * (1 + 2 * updated) * Float.BYTES;
  }

  /** Updates one array. */
  @SuppressWarnings("ArrayRecordComponent")
  record One(float[] gradients, float[] a) implements Stream {
    @Override
    public double bytes() {
      return Stream.bytes(gradients, 1);
    }

    @Override
    public void run() {
      for (int i = 0; i < gradients.length; i++) {
        a[i] += gradients[i];
      }
    }
  }

  /** Updates two arrays. */
  @SuppressWarnings("ArrayRecordComponent")
  record Two(float[] gradients, float[] a, float[] b) implements Stream {
    @Override
    public double bytes() {
      return Stream.bytes(gradients, 2);
    }

    @Override
    public void run() {
      for (int i = 0; i < gradients.length; i++) {
        float x = gradients[i];
        a[i] += x;
        b[i] += x;
      }
    }
  }

  /** Updates three arrays. */
  @SuppressWarnings("ArrayRecordComponent")
  record Three(float[] gradients, float[] a, float[] b, float[] c) implements Stream {
    @Override
    public double bytes() {
      return Stream.bytes(gradients, 3);
    }

    @Override
    public void run() {
      for (int i = 0; i < gradients.length; i++) {
        float x = gradients[i];
        a[i] += x;
        b[i] += x;
        c[i] += x;
      }
    }
  }

  /** Updates four arrays. */
  @SuppressWarnings("ArrayRecordComponent")
  record Four(float[] gradients, float[] a, float[] b, float[] c, float[] d) implements Stream {
    @Override
    public double bytes() {
      return Stream.bytes(gradients, 4);
    }

    @Override
    public void run() {
      for (int i = 0; i < gradients.length; i++) {
        float x = gradients[i];
        a[i] += x;
        b[i] += x;
        c[i] += x;
        d[i] += x;
      }
    }
  }
}

package dev.gradus.checkpoint;

/**
 * Which files a {@link CheckpointFolder} keeps: the last few, and the best by the validation figure
 * if any was written with one.
 *
 * @param last how many of the newest are kept, at least 1
 * @param better which validation figure is the better one
 */
public record Retention(int last, Better better) {
  /** The direction in which a validation figure improves. */
  public enum Better {
    /** As for an accuracy. */
    HIGHER,
    /** As for a loss. */
    LOWER;

    /** A figure's rank: the better the figure, the lower. */
    double rank(double validation) {
      return this == HIGHER ? -validation : validation;
    }
  }

  /** The last three, and the best by a figure that is better when it is higher. */
  public static final Retention STANDARD = new Retention(3, Better.HIGHER);

  /**
   * Describes what is kept.
   *
   * @throws IllegalArgumentException if none of the newest would be kept
   */
  public Retention {
    if (last < 1) {
      throw new IllegalArgumentException(
          "At least 1 checkpoint must be kept, not " + last + "; choose a larger number.");
    }
  }
}

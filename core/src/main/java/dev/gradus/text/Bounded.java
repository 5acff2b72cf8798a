package dev.gradus.text;

/** An option's value that stands for many numbers, all within bounds. */
public interface Bounded {
  /**
   * A bound that no number is below.
   *
   * @return the bound
   */
  double lowest();

  /**
   * A bound that no number is above.
   *
   * @return the bound
   */
  double highest();
}

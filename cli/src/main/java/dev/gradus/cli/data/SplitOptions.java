package dev.gradus.cli.data;

import dev.gradus.UserException;
import dev.gradus.djl.data.Split.Draw;

/**
 * How much is kept from training where a data set brings no part of its own.
 *
 * @param test how much of all examples is for testing, from 0 to below 1
 * @param validation how much of the rest is for validation, from 0 to below 1
 * @param seed decides which examples; the run's seed does not, so runs with different seeds are
 *     judged by the same examples
 */
public record SplitOptions(double test, double validation, long seed) {
  /** A fifth for testing, a tenth of the rest for validation, seed 0. */
  public static final SplitOptions USUAL = new SplitOptions(0.2, 0.1, 0);

  /** Checks both parts. */
  public SplitOptions {
    requirePart("test", test);
    requirePart("validation", validation);
  }

  private static void requirePart(String name, double part) {
    if (!(part >= 0 && part < 1)) {
      throw new UserException(
          "The " + name + " part is from 0 to below 1, such as 0.1, not " + part + ".");
    }
  }

  Draw testDraw() {
    return new Draw.Seeded(test, seed);
  }

  Draw validationDraw() {
    return new Draw.Seeded(validation, seed);
  }
}

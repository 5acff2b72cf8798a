package dev.gradus.cli.toy;

import dev.gradus.Group;
import dev.gradus.equation.Pipeline;
import java.util.Comparator;
import java.util.stream.IntStream;

/** Finds the learning rate with which a pipeline walks lowest, so that pictures compare fairly. */
public final class BestRate {
  private static final int PER_DECADE = 4;
  private static final int LOWEST_DECADE = -4;
  private static final int DECADES = 6;

  private BestRate() {}

  /**
   * Tries four rates in each decade from 0.0001 to 100.
   *
   * @param landscape over which to walk
   * @param pipeline the update rules
   * @return of the walks that stay in the window, the one with the lowest mean value; without any,
   *     the one with the least rate
   */
  public static Walk walk(Landscape landscape, Pipeline pipeline) {
    return IntStream.rangeClosed(0, PER_DECADE * DECADES)
        .mapToObj(i -> Walk.of(landscape, Group.all(pipeline, rate(i))))
        .min(Comparator.comparingDouble(Walk::meanValue))
        .orElseThrow();
  }

  private static double rate(int number) {
    return Math.pow(10, LOWEST_DECADE + (double) number / PER_DECADE);
  }
}

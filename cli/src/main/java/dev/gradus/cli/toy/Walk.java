package dev.gradus.cli.toy;

import dev.gradus.Group;
import dev.gradus.Optimizer;
import java.lang.foreign.Arena;
import java.util.ArrayList;
import java.util.List;

/**
 * The way of an optimizer over a landscape.
 *
 * @param landscape over which
 * @param group the update rules, with their learning rate and schedule
 * @param points the weights before the first step and after each; it ends early where they are no
 *     longer finite
 */
public record Walk(Landscape landscape, Group group, List<Point> points) {
  /** Copies the points. */
  public Walk {
    points = List.copyOf(points);
  }

  /**
   * Walks from the usual start.
   *
   * @param landscape over which
   * @param group the update rules, with their learning rate and schedule
   * @return the way
   */
  public static Walk of(Landscape landscape, Group group) {
    return of(landscape, group, landscape.start(), landscape.steps());
  }

  /**
   * Walks.
   *
   * @param landscape over which
   * @param group the update rules, with their learning rate and schedule
   * @param start the first weights
   * @param steps how many steps, at least 1
   * @return the way
   */
  public static Walk of(Landscape landscape, Group group, Point start, int steps) {
    var points = new ArrayList<>(List.of(start));
    try (var arena = Arena.ofConfined()) {
      var weights = new TwoWeights(arena, landscape.isTwoTensors());
      weights.move(start);
      try (var optimizer =
          Optimizer.of(weights.parameters()).group(group).totalSteps(steps).build()) {
        while (points.size() <= steps && isFinite(points.getLast())) {
          weights.slope(landscape.gradient(weights.place()));
          optimizer.step(weights);
          points.add(weights.place());
        }
      }
    }
    if (!isFinite(points.getLast())) {
      points.removeLast();
    }
    return new Walk(landscape, group, points);
  }

  private static boolean isFinite(Point point) {
    return Double.isFinite(point.x()) && Double.isFinite(point.y());
  }

  /**
   * Where the way ends.
   *
   * @return the last weights that are finite
   */
  public Point end() {
    return points.getLast();
  }

  /**
   * How low the way is on the whole.
   *
   * @return the mean of the landscape's values; infinite if the way leaves the landscape's window
   */
  public double meanValue() {
    return points.stream().allMatch(landscape.window()::contains)
        ? points.stream().mapToDouble(landscape::value).average().orElseThrow()
        : Double.POSITIVE_INFINITY;
  }
}

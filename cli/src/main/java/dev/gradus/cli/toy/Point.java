package dev.gradus.cli.toy;

/**
 * A place in the plane, or a slope there.
 *
 * @param x the first weight
 * @param y the second weight
 */
public record Point(double x, double y) {
  /**
   * How far it is to another place.
   *
   * @param other where
   * @return the distance
   */
  public double distance(Point other) {
    return Math.hypot(x - other.x, y - other.y);
  }

  Point times(double factor) {
    return new Point(factor * x, factor * y);
  }
}

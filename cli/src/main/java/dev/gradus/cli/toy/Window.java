package dev.gradus.cli.toy;

/**
 * The part of the plane that a picture shows.
 *
 * @param left the least x
 * @param right the largest x
 * @param bottom the least y
 * @param top the largest y
 */
public record Window(double left, double right, double bottom, double top) {
  boolean contains(Point point) {
    return point.x() >= left && point.x() <= right && point.y() >= bottom && point.y() <= top;
  }

  double x(double share) {
    return left + share * (right - left);
  }

  double y(double share) {
    return bottom + share * (top - bottom);
  }
}

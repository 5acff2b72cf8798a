package dev.gradus.cli.toy;

import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import java.util.function.UnaryOperator;

/**
 * A function of two weights to be made small.
 *
 * @param title what people call it
 * @param formula the function as a formula
 * @param height the function's value at two weights
 * @param slope its derivatives there
 * @param start where pictures begin
 * @param minimum the lowest point; nothing if there is more than one
 * @param window what pictures show
 * @param steps how many steps pictures show, at least 1
 * @param isTwoTensors whether each weight is a tensor of its own, as if it were a layer
 */
public record Landscape(
    String title,
    String formula,
    ToDoubleFunction<Point> height,
    UnaryOperator<Point> slope,
    Point start,
    Optional<Point> minimum,
    Window window,
    int steps,
    boolean isTwoTensors) {
  /** A long valley with straight sides; far away its slope is steep. */
  public static final Landscape BOWL =
      new Landscape(
          "Bowl",
          "(x − 3)² + 0.1 (y − 2)²",
          at -> square(at.x() - 3) + 0.1 * square(at.y() - 2),
          at -> new Point(2 * (at.x() - 3), 0.2 * (at.y() - 2)),
          new Point(66, 21),
          Optional.of(new Point(3, 2)),
          new Window(-40, 72, -15, 30),
          100,
          false);

  /** A bent valley whose floor hardly falls (Rosenbrock, 1960). */
  public static final Landscape ROSENBROCK =
      new Landscape(
          "Rosenbrock",
          "(1 − x)² + 100 (y − x²)²",
          at -> square(1 - at.x()) + 100 * square(aboveFloor(at)),
          at -> new Point(-2 * (1 - at.x()) - 400 * at.x() * aboveFloor(at), 200 * aboveFloor(at)),
          new Point(0.5, 3),
          Optional.of(new Point(1, 1)),
          new Window(-0.5, 2, -0.5, 3.5),
          200,
          false);

  /**
   * Two layers of one weight each. All of the hyperbola is lowest; its bend is where it is flat.
   */
  public static final Landscape PRODUCT =
      new Landscape(
          "Product",
          "(x y − 1)²",
          at -> square(at.x() * at.y() - 1),
          at -> new Point(2 * (at.x() * at.y() - 1) * at.y(), 2 * (at.x() * at.y() - 1) * at.x()),
          new Point(3, 0.1),
          Optional.empty(),
          new Window(-0.2, 3.6, -0.6, 3),
          200,
          true);

  /** Weights before a normalisation: only their direction counts, and (1, 0) is the best. */
  public static final Landscape DIRECTION =
      new Landscape(
          "Direction",
          "−cos((x, y), (1, 0))",
          at -> -at.x() / length(at),
          at -> new Point(-square(at.y()), at.x() * at.y()).times(1 / Math.pow(length(at), 3)),
          new Point(Math.cos(0.95 * Math.PI), Math.sin(0.95 * Math.PI)),
          Optional.empty(),
          new Window(-1.5, 3.5, -1, 3),
          500,
          false);

  /** All of them, in the order of pictures. */
  public static final List<Landscape> ALL = List.of(BOWL, ROSENBROCK, PRODUCT, DIRECTION);

  /**
   * The function's value.
   *
   * @param at the two weights
   * @return the height there
   */
  public double value(Point at) {
    return height.applyAsDouble(at);
  }

  /**
   * The function's gradient.
   *
   * @param at the two weights
   * @return the derivative by each
   */
  public Point gradient(Point at) {
    return slope.apply(at);
  }

  private static double square(double number) {
    return number * number;
  }

  private static double length(Point point) {
    return Math.hypot(point.x(), point.y());
  }

  private static double aboveFloor(Point at) {
    return at.y() - at.x() * at.x();
  }

  @Override
  public String toString() {
    return title;
  }
}

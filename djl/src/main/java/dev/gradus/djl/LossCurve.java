package dev.gradus.djl;

import dev.gradus.UserException;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The losses of a {@link RangeTest} and what they say.
 *
 * <p>The smoothed loss is a mean over neighbouring steps with Gaussian weights, whose standard
 * deviation is a fortieth of the test; losses above twice the first count as that.
 *
 * @param points the rate of each step and the loss before it, rates rising
 * @param steps how many steps the test was meant to have
 * @param diverged whether it ended before because the loss grew
 */
public record LossCurve(List<Point> points, int steps, boolean diverged) {
  private static final double FORTIETH = 1.0 / 40;
  private static final double REACH = 3;
  private static final double CAP = 2;
  private static final double FALL = 0.03;
  private static final double NOISES = 2;

  /**
   * A step.
   *
   * @param rate its learning rate
   * @param loss the loss of its batch, before the step
   */
  public record Point(double rate, double loss) {}

  /** Copies the points. */
  public LossCurve {
    points = List.copyOf(points);
  }

  /**
   * The smoothed loss.
   *
   * @return a point for each point
   */
  public List<Point> smoothed() {
    double width = Math.max(1, steps * FORTIETH);
    return IntStream.range(0, points.size())
        .mapToObj(i -> new Point(points.get(i).rate(), smoothed(i, width)))
        .toList();
  }

  private double smoothed(int at, double width) {
    int reach = (int) Math.ceil(REACH * width);
    double sum = 0;
    double weights = 0;
    for (int i = Math.max(0, at - reach); i <= Math.min(points.size() - 1, at + reach); i++) {
      double distance = (i - at) / width;
      double weight = Math.exp(-distance * distance / 2);
      sum += weight * Math.min(points.get(i).loss(), CAP * points.getFirst().loss());
      weights += weight;
    }
    return sum / weights;
  }

  /**
   * The suggested learning rate: half-way, on a logarithmic scale, between {@link #steepest} and
   * {@link #lowest}. The steepest fall is bound to come early, because the loss has not far to fall
   * afterwards; the lowest comes late, because few steps bear a rate that a whole run does not.
   *
   * @return the rate
   * @throws UserException if the loss falls at no rate, or is not finite from the first step on
   */
  public double suggested() {
    return Math.sqrt(steepest().rate() * lowest().rate());
  }

  /**
   * Where the smoothed loss falls fastest per decade of the rate.
   *
   * @return the point on the smoothed curve
   * @throws UserException if the loss falls at no rate, or is not finite from the first step on
   */
  public Point steepest() {
    requireFall();
    List<Point> curve = smoothed();
    int steepest =
        IntStream.range(1, Math.max(2, lowest(curve)))
            .boxed()
            .min((a, b) -> Double.compare(slope(curve, a), slope(curve, b)))
            .orElseThrow();
    return curve.get(steepest);
  }

  /** Rates lie equally far apart on a logarithmic scale, so differences are slopes. */
  private static double slope(List<Point> curve, int at) {
    return curve.get(at + 1).loss() - curve.get(at - 1).loss();
  }

  private void requireFall() {
    if (points.isEmpty()) {
      throw new UserException(
          "The loss or a gradient is not finite in the first step; check the data.");
    }
    if (!falls()) {
      throw new UserException(
          "The loss falls at no learning rate from %.2g to %.2g; widen the range, take more steps,"
                  .formatted(points.getFirst().rate(), points.getLast().rate())
              + " or check data and optimizer.");
    }
  }

  /**
   * Whether the loss falls at some rate by more than a few per cent, and by more than its noise.
   *
   * @return true if there is a steepest point
   */
  public boolean falls() {
    if (points.size() < RangeTest.FEWEST_STEPS) {
      return false;
    }
    List<Point> curve = smoothed();
    int lowest = lowest(curve);
    double fall = curve.getFirst().loss() - curve.get(lowest).loss();
    return lowest >= 2
        && fall > FALL * curve.getFirst().loss()
        && fall > NOISES * noise(curve, lowest);
  }

  /** How far losses lie from the smoothed ones, up to the lowest: their root mean square. */
  private double noise(List<Point> curve, int lowest) {
    return Math.sqrt(
        IntStream.rangeClosed(0, lowest)
            .mapToDouble(i -> points.get(i).loss() - curve.get(i).loss())
            .map(distance -> distance * distance)
            .average()
            .orElseThrow());
  }

  /**
   * Where the smoothed loss is lowest.
   *
   * @return the point on the smoothed curve
   */
  public Point lowest() {
    List<Point> curve = smoothed();
    return curve.get(lowest(curve));
  }

  private static int lowest(List<Point> curve) {
    return IntStream.range(0, curve.size())
        .boxed()
        .min((a, b) -> Double.compare(curve.get(a).loss(), curve.get(b).loss()))
        .orElseThrow();
  }

  /**
   * Whether the loss was lowest at the end of a test that did not diverge, so that higher rates may
   * be better still.
   *
   * @return true if the range ended too early
   */
  public boolean stillFalling() {
    return !diverged && lowest().rate() == points.getLast().rate();
  }
}

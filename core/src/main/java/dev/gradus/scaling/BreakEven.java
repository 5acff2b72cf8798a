package dev.gradus.scaling;

/**
 * Which links are slow enough for a scheme to pay: below this bandwidth a step takes less time than
 * one in which gradients are sent as they are.
 *
 * @param bitsPerSecond the bandwidth; 0 if the scheme pays on none, infinite if on all
 */
public record BreakEven(double bitsPerSecond) {
  private static final double SLOWEST = 1e3;
  private static final double FASTEST = 1e13;
  private static final double EXACT = 1.001;

  /**
   * Searches the bandwidth where both take the same time.
   *
   * @param scheme the work with a scheme
   * @param dense the work without
   * @param team the workers, and all of their link but its bandwidth
   * @return where they are even
   */
  public static BreakEven of(Work scheme, Work dense, Team team) {
    double slow = SLOWEST;
    double fast = FASTEST;
    if (pays(scheme, dense, team, fast)) {
      return new BreakEven(Double.POSITIVE_INFINITY);
    }
    if (!pays(scheme, dense, team, slow)) {
      return new BreakEven(0);
    }
    while (fast / slow > EXACT) {
      double middle = Math.sqrt(slow * fast);
      boolean pays = pays(scheme, dense, team, middle);
      slow = pays ? middle : slow;
      fast = pays ? fast : middle;
    }
    return new BreakEven(slow);
  }

  private static boolean pays(Work scheme, Work dense, Team team, double bandwidth) {
    var other = new Team(team.workers(), team.link().withBandwidth(bandwidth));
    return other.outcome(scheme).step() < other.outcome(dense).step();
  }

  /** In words. */
  @Override
  public String toString() {
    if (bitsPerSecond == 0) {
      return "never";
    }
    return Double.isInfinite(bitsPerSecond) ? "always" : Link.bandwidth(bitsPerSecond);
  }
}

package dev.gradus.scaling;

import java.util.Random;

/**
 * Workers that share every step: each computes a gradient, all exchange theirs, and each makes the
 * same update.
 *
 * @param workers how many there are, at least 1
 * @param link what each of them is connected by
 */
public record Team(int workers, Link link) {
  private static final int STEPS = 100;
  private static final long SEED = 1;

  /** Refuses a team of nobody. */
  public Team {
    if (workers < 1) {
      throw new IllegalArgumentException("A team has at least one worker, not " + workers + ".");
    }
  }

  /**
   * What steps come to.
   *
   * @param step the mean time of a step, in seconds
   * @param bytesSent what a worker sends of its gradients in a step, in bytes, counted for each
   *     worker that it is sent to; without the headers of messages
   */
  public record Outcome(double step, double bytesSent) {}

  /**
   * Lets the team work: the same numbers every time.
   *
   * @param work what each worker does
   * @return what a step takes
   */
  public Outcome outcome(Work work) {
    int steps = work.spread() == 0 ? 1 : STEPS;
    var simulation = new Simulation(this, work, new Random(SEED));
    for (int step = 0; step < steps; step++) {
      simulation.step();
    }
    return new Outcome(simulation.end() / steps, simulation.bytesSent() / steps);
  }

  /**
   * How much of a step is not waiting and sending.
   *
   * @param work what each worker does
   * @return the time that a worker alone takes, divided by the time of a step
   */
  public double efficiency(Work work) {
    return new Team(1, link).outcome(work).step() / outcome(work).step();
  }
}

package dev.gradus.cli.sweep;

import java.util.List;

/**
 * What all entrants are run on.
 *
 * @param name what sets it apart from the sweep's other problems; empty if it is the only one
 * @param choice the validation metric that chooses epochs and candidates
 * @param judgement the metric of the final table
 * @param entrants who is compared, in the order of the table
 */
public record Problem(String name, Figure choice, Figure judgement, List<Entrant> entrants) {
  /** Copies the entrants. */
  public Problem {
    entrants = List.copyOf(entrants);
  }
}

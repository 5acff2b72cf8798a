package dev.gradus.cli.sweep;

import java.util.List;

/**
 * What all entrants are run on.
 *
 * @param name what sets it apart from the sweep's other problems; empty if it is the only one
 * @param choice the validation metric that chooses epochs and candidates
 * @param judgements the metrics of the final tables, one or more
 * @param rungs how many candidates of an entrant each rung of the tuning has at most; the first has
 *     all
 * @param entrants who is compared, in the order of the table
 */
public record Problem(
    String name,
    Figure choice,
    List<Figure> judgements,
    List<Integer> rungs,
    List<Entrant> entrants) {
  /** Copies the lists. */
  public Problem {
    judgements = List.copyOf(judgements);
    rungs = List.copyOf(rungs);
    entrants = List.copyOf(entrants);
  }
}

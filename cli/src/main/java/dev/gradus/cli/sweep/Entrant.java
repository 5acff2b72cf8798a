package dev.gradus.cli.sweep;

import java.util.List;

/**
 * One side of a comparison.
 *
 * @param name what the table calls it
 * @param candidates what it may be run with
 */
public record Entrant(String name, List<Candidate> candidates) {
  /** Copies the candidates. */
  public Entrant {
    candidates = List.copyOf(candidates);
  }
}

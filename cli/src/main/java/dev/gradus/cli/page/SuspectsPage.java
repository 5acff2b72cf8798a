package dev.gradus.cli.page;

import java.util.List;

/**
 * The training examples that a run trusts least.
 *
 * @param run the run's folder
 * @param description what was trained and how, in a few words
 * @param moment which weights and rates are shown
 * @param facts figures to begin with
 * @param histogram all rates
 * @param highest the rate at the top of the curves
 * @param suspicions the least trusted first
 */
public record SuspectsPage(
    String run,
    String description,
    String moment,
    List<Fact> facts,
    Histogram histogram,
    String highest,
    List<Suspicion> suspicions) {

  /** Copies the lists. */
  public SuspectsPage {
    facts = List.copyOf(facts);
    suspicions = List.copyOf(suspicions);
  }
}

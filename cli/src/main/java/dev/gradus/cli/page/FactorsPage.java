package dev.gradus.cli.page;

import java.util.List;

/**
 * The factors of a network.
 *
 * @param run the run's folder
 * @param description what was trained and how, in a few words
 * @param facts figures to begin with
 * @param attributes the factor that tells each class and attribute best
 * @param factors each factor
 */
public record FactorsPage(
    String run,
    String description,
    List<Fact> facts,
    StudyView.Table attributes,
    List<FactorView> factors) {

  /** Copies the lists. */
  public FactorsPage {
    facts = List.copyOf(facts);
    factors = List.copyOf(factors);
  }
}

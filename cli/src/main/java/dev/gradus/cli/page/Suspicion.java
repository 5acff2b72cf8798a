package dev.gradus.cli.page;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * A training example that is little trusted, as a page shows it.
 *
 * @param name where it comes from
 * @param rate its learning rate
 * @param history how the rate came about; nothing if that was not kept
 * @param picture the example, if it is a picture
 * @param columns the example, if it is a row of a table
 * @param answers the label, and what the network answers: the most probable first
 * @param truth whether the label is wrong, and which would be right, where that is known
 */
public record Suspicion(
    String name,
    double rate,
    Optional<Sparkline> history,
    Optional<Thumbnail> picture,
    List<Column> columns,
    List<Answer> answers,
    Optional<Truth> truth) {

  /** Copies the lists. */
  public Suspicion {
    columns = List.copyOf(columns);
    answers = List.copyOf(answers);
  }

  /**
   * An input of a row.
   *
   * @param name what the column is called
   * @param value its value
   */
  public record Column(String name, String value) {}

  /**
   * A class that the example may belong to.
   *
   * @param label the class
   * @param probability what the network gives to it, from 0 to 1
   * @param given whether it is the label
   */
  public record Answer(String label, double probability, boolean given) {
    /**
     * The probability as text.
     *
     * @return in per cent
     */
    public String percent() {
      return String.format(Locale.ROOT, "%.1f", 100 * probability);
    }
  }

  /**
   * What is known of a label in an experiment.
   *
   * @param wrong whether it is wrong
   * @param label the right one
   */
  public record Truth(boolean wrong, String label) {}

  /**
   * What the label is.
   *
   * @return the class that was given
   */
  public String label() {
    return answers.stream().filter(Answer::given).findFirst().map(Answer::label).orElse("");
  }

  /**
   * The rate as text.
   *
   * @return with three decimals
   */
  public String shownRate() {
    return String.format(Locale.ROOT, "%.3f", rate);
  }
}

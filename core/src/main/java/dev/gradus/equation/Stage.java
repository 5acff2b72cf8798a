package dev.gradus.equation;

import dev.gradus.UserException;
import dev.gradus.text.RecordType;
import java.util.Optional;

/**
 * One rule of a pipeline.
 *
 * @param name the rule's name, as messages and folds over the model show it
 * @param rule the rule
 * @param label tells two stages with states or model folds of the same name apart
 */
public record Stage(String name, Rule rule, Optional<String> label) {
  /** Refuses a label that text and the names of states can't hold. */
  public Stage {
    label.ifPresent(Stage::requireWord);
  }

  private static void requireWord(String label) {
    if (!label.matches("[A-Za-z0-9_-]+")) {
      throw new UserException(
          "A stage can't have the label '%s'; use letters, digits, hyphens and underscores."
              .formatted(label));
    }
  }

  /**
   * A stage without a label.
   *
   * @param rule a record with a {@link dev.gradus.text.Name}
   * @return the stage
   */
  public static Stage of(Rule rule) {
    return new Stage(RecordType.of(rule.getClass()).name(), rule, Optional.empty());
  }

  Update update(int rank, Update soFar) {
    return new Inputs(rank, soFar, name, label).through(rule);
  }

  @Override
  public String toString() {
    String text = RecordType.of(rule.getClass()).print(rule);
    return label.map(l -> text + " as " + l).orElse(text);
  }
}

package dev.gradus.equation;

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
  /**
   * A stage without a label.
   *
   * @param rule a record with a {@link dev.gradus.text.Name}
   * @return the stage
   */
  public static Stage of(Rule rule) {
    return new Stage(RecordType.of(rule.getClass()).name(), rule, Optional.empty());
  }

  Update update(Shape shape, Update soFar) {
    return rule.update(new Inputs(shape, soFar, name, label));
  }

  @Override
  public String toString() {
    String text = RecordType.of(rule.getClass()).print(rule);
    return label.map(l -> text + " as " + l).orElse(text);
  }
}

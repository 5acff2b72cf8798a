package dev.gradus.equation;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Rules applied one after the other, each to the step that its left neighbour produced; the first
 * receives the gradient. The empty pipeline is plain gradient descent.
 *
 * @param stages the rules from left to right
 */
public record Pipeline(List<Stage> stages) {
  /** Copies the list. */
  public Pipeline {
    stages = List.copyOf(stages);
  }

  /**
   * A pipeline of rules without labels.
   *
   * @param rules the rules from left to right, each a record with a {@link dev.gradus.text.Name}
   * @return the pipeline
   */
  public static Pipeline of(Rule... rules) {
    return new Pipeline(Arrays.stream(rules).map(Stage::of).toList());
  }

  /**
   * The rules of this pipeline followed by those of another.
   *
   * @param next what follows
   * @return both
   */
  public Pipeline then(Pipeline next) {
    return new Pipeline(
        java.util.stream.Stream.concat(stages.stream(), next.stages.stream()).toList());
  }

  Update update(Shape shape) {
    Update update = Update.of(Facts.SCALED_GRADIENT);
    for (Stage stage : stages) {
      update = stage.update(shape, update);
    }
    return update;
  }

  /** The pipeline as text, which parses back to an equal pipeline. */
  @Override
  public String toString() {
    return stages.stream().map(Stage::toString).collect(Collectors.joining(" | "));
  }
}

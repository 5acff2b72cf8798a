package dev.gradus.equation;

import dev.gradus.UserException;
import java.util.Arrays;
import java.util.List;
import java.util.SequencedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Rules applied one after the other, each to the step that its left neighbour produced; the first
 * receives the gradient. The empty pipeline is plain gradient descent.
 *
 * @param stages the rules from left to right
 */
public record Pipeline(List<Stage> stages) {
  private static final int MOST_STAGES = 16;

  /** Copies the list and refuses more stages than anybody needs. */
  public Pipeline {
    stages = List.copyOf(stages);
    if (stages.size() > MOST_STAGES) {
      throw new UserException(
          "The pipeline has %d stages, but can have %d.".formatted(stages.size(), MOST_STAGES));
    }
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
    return new Pipeline(Stream.concat(stages.stream(), next.stages.stream()).toList());
  }

  /**
   * The names of what some rule can do between two steps.
   *
   * @return the names, sorted
   */
  public SequencedSet<String> actions() {
    var names = new TreeSet<String>();
    stages.forEach(stage -> names.addAll(stage.rule().actions().keySet()));
    return names;
  }

  /** The rules' parts of an action, left to right. */
  Update act(String action, int rank) {
    Update update = Update.of(Expression.constant(0)).withNewWeight(Facts.WEIGHT);
    for (Stage stage : stages) {
      Rule part = stage.rule().actions().get(action);
      if (part != null) {
        update = new Stage(stage.name(), part, stage.label()).update(rank, update);
      }
    }
    return update;
  }

  Update update(int rank) {
    Update update = Update.of(Facts.SCALED_GRADIENT);
    for (Stage stage : stages) {
      update = stage.update(rank, update);
    }
    return update;
  }

  /** The pipeline as text, which parses back to an equal pipeline. */
  @Override
  public String toString() {
    return stages.stream().map(Stage::toString).collect(Collectors.joining(" | "));
  }
}

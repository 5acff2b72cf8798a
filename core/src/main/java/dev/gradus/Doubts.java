package dev.gradus;

import dev.gradus.equation.Equations;
import dev.gradus.equation.Pipeline;
import dev.gradus.equation.Rule;
import dev.gradus.equation.Stage;
import dev.gradus.rule.Project;
import dev.gradus.text.Name;
import dev.gradus.text.RecordType;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** Pipelines that can be built, but are hardly meant. */
record Doubts(Pipeline pipeline) {
  private static final int MATRIX = 2;
  private static final int SQUARE = 2;

  List<String> all() {
    var doubts = new ArrayList<String>();
    List<Stage> squares = having(Doubts::keepsSquares);
    if (squares.size() > 1) {
      doubts.add(
          "'%s' and '%s' both divide by the size of past gradients, so the second sees steps that"
                  .formatted(squares.getFirst().name(), squares.getLast().name())
              + " are all of one size; leave one of them out.");
    }
    List<Stage> decays = having(Doubts::decays);
    if (decays.size() > 1) {
      doubts.add(
          "'%s' and '%s' both decay the weights, so they decay twice; leave one decay out."
              .formatted(decays.getFirst().name(), decays.getLast().name()));
    }
    if (!decays.isEmpty() && isBefore(decays.getFirst(), lastProjection())) {
      doubts.add(
          "'%s' decays the weights before 'project', which takes the decay out of the step again"
                  .formatted(decays.getFirst().name())
              + " where it fires; decay behind it.");
    }
    return doubts;
  }

  private List<Stage> having(Predicate<Stage> property) {
    return pipeline.stages().stream().filter(property).toList();
  }

  private static boolean keepsSquares(Stage stage) {
    return Equations.of(new Pipeline(List.of(stage)), MATRIX).states().keySet().stream()
        .anyMatch(state -> state.degree() == SQUARE);
  }

  private static boolean decays(Stage stage) {
    Class<? extends Rule> type = stage.rule().getClass();
    return type.isAnnotationPresent(Name.class)
        && RecordType.of(type)
            .value(stage.rule(), "weightDecay")
            .filter(decay -> decay instanceof Double strength && strength > 0)
            .isPresent();
  }

  private int lastProjection() {
    List<Stage> projections = having(stage -> stage.rule() instanceof Project);
    return projections.isEmpty() ? -1 : pipeline.stages().lastIndexOf(projections.getLast());
  }

  private boolean isBefore(Stage stage, int position) {
    return pipeline.stages().indexOf(stage) < position;
  }
}

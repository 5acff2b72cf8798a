package dev.gradus.equation;

import dev.gradus.UserException;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.SequencedSet;

/**
 * The pure meaning of a pipeline for one tensor: what the weight and every state will be after a
 * step, as functions of what they were.
 *
 * @param weight the weight after the step
 * @param states every state and its value after the step, the tensor's step count included
 * @param measured named scalars for reports
 */
public record Equations(
    Expression weight,
    SequencedMap<State, Expression> states,
    SequencedMap<String, Expression> measured) {

  /** Makes both maps unmodifiable. */
  public Equations {
    states = Collections.unmodifiableSequencedMap(states);
    measured = Collections.unmodifiableSequencedMap(measured);
  }

  /**
   * Builds the equations of a tensor.
   *
   * @param pipeline the rules
   * @param shape the tensor's shape
   * @return its equations
   * @throws UserException if the rules can't stand in this order, with the reason
   */
  public static Equations of(Pipeline pipeline, Shape shape) {
    return of(pipeline, shape.rank());
  }

  /**
   * Builds the equations of every tensor with so many dimensions; of a shape, equations know no
   * more.
   *
   * @param pipeline the rules
   * @param rank the number of dimensions, at least 0
   * @return the equations
   * @throws UserException if the rules can't stand in this order, with the reason
   */
  public static Equations of(Pipeline pipeline, int rank) {
    Update update = pipeline.update(rank);
    Expression weight = new Inputs(rank, update, "pipeline", Optional.empty()).newWeight();
    var states = new LinkedHashMap<>(update.next());
    states.put(Facts.STEPS, Facts.STEPS_TAKEN);
    var measured = new LinkedHashMap<>(update.measured());
    measured.put("gradientNorm", Facts.SCALED_GRADIENT.norm(Level.TENSOR));
    measured.put("weightNorm", Facts.WEIGHT.norm(Level.TENSOR));
    measured.put("updateNorm", weight.minus(Facts.WEIGHT).norm(Level.TENSOR));
    var equations = new Equations(weight, states, measured);
    requireOneFoldPerName(equations);
    return equations;
  }

  /**
   * Builds the equations of an action between two steps.
   *
   * @param pipeline the rules
   * @param action a name, see {@link Rule#actions()}
   * @param rank the tensor's number of dimensions
   * @return what the weight and the states concerned become; nothing is counted or measured
   */
  public static Equations ofAction(Pipeline pipeline, String action, int rank) {
    Update update = pipeline.act(action, rank);
    return new Equations(
        update.newWeight().orElse(Facts.WEIGHT), update.next(), new LinkedHashMap<>());
  }

  /**
   * What each slot will hold after the step.
   *
   * @return the weight's slot and every state's, each with its next value
   */
  public SequencedMap<Slot, Expression> next() {
    var next = new LinkedHashMap<Slot, Expression>();
    next.put(Facts.WEIGHT, weight);
    states.forEach((state, value) -> next.put(state.old(), value));
    return next;
  }

  /**
   * The folds over the model that the next values depend on.
   *
   * @return the folds by name
   */
  public Map<String, ModelFold> modelFolds() {
    var folds = new HashMap<String, ModelFold>();
    for (Expression e : reachable(next().values())) {
      if (e instanceof ModelFold fold) {
        folds.put(fold.name(), fold);
      }
    }
    return folds;
  }

  /**
   * Every expression that some roots are made of. The order depends on the roots alone, so what is
   * decided by it is decided alike in every JVM.
   *
   * @param roots where to start
   * @return the roots and all operands, operands before what is made of them
   */
  public static SequencedSet<Expression> reachable(Iterable<? extends Expression> roots) {
    var found = new LinkedHashSet<Expression>();
    roots.forEach(root -> collect(root, found));
    return found;
  }

  private static void collect(Expression e, SequencedSet<Expression> found) {
    if (!found.contains(e)) {
      e.operands().forEach(operand -> collect(operand, found));
      found.add(e);
    }
  }

  private static void requireOneFoldPerName(Equations equations) {
    var known = new HashMap<String, Expression>();
    for (Expression e : reachable(equations.next().values())) {
      if (e instanceof ModelFold fold && known.putIfAbsent(fold.name(), fold) != null) {
        throw new UserException(
            "Two stages of the pipeline fold over the model under the name '"
                + fold.name()
                + "'; give one of them a label, as in '"
                + fold.name()
                + "(…) as second'.");
      }
    }
  }
}

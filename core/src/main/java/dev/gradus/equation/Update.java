package dev.gradus.equation;

import dev.gradus.UserException;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.function.UnaryOperator;

/**
 * What travels along a pipeline: the step so far and everything said about it. Immutable; the
 * {@code with…} methods return a changed copy.
 *
 * @param step the step, one number for every weight
 * @param correction a scalar factor kept apart from the step, such as Adam's 1/(1−β₁ᵗ); every rule
 *     that reads {@link Inputs#step()} finds it folded in
 * @param unit whether the step already contains the learning rate
 * @param decayFactor a scalar, at most one number per tensor, by which a later weight decay is
 *     multiplied; projection sets it
 * @param newWeight the weight after the step, once a rule has closed the step by asking for it
 * @param next for each state, what it will hold after the step
 * @param measured named scalars for reports; they never cost a pass
 */
public record Update(
    Expression step,
    Expression correction,
    Unit unit,
    Expression decayFactor,
    Optional<Expression> newWeight,
    SequencedMap<State, Expression> next,
    SequencedMap<String, Expression> measured) {

  /** Makes both maps unmodifiable. */
  public Update {
    next = Collections.unmodifiableSequencedMap(next);
    measured = Collections.unmodifiableSequencedMap(measured);
  }

  /**
   * The update at the head of a pipeline: the step is the gradient.
   *
   * @param gradient the raw gradient
   * @return an update with no state
   */
  public static Update of(Expression gradient) {
    Expression one = Expression.constant(1);
    return new Update(
        gradient,
        one,
        Unit.STEP,
        one,
        Optional.empty(),
        new LinkedHashMap<>(),
        new LinkedHashMap<>());
  }

  /**
   * Replaces the step and takes its correction as folded in.
   *
   * @param changed the new step
   * @return the changed update
   */
  public Update withStep(Expression changed) {
    return withStep(changed, Expression.constant(1));
  }

  /**
   * Replaces the step and its correction.
   *
   * @param changed the new step
   * @param newCorrection a scalar, at most one number per row
   * @return the changed update
   */
  public Update withStep(Expression changed, Expression newCorrection) {
    return new Update(changed, newCorrection, unit, decayFactor, newWeight, next, measured);
  }

  /**
   * Changes the step, whichever unit it is in, its correction folded in.
   *
   * @param change from the step to the new step
   * @return the changed update
   */
  public Update map(UnaryOperator<Expression> change) {
    return withStep(change.apply(corrected()));
  }

  /**
   * Says that the step now contains the learning rate.
   *
   * @return the changed update
   */
  public Update asDisplacement() {
    return new Update(step, correction, Unit.DISPLACEMENT, decayFactor, newWeight, next, measured);
  }

  /**
   * Sets the factor of a later weight decay.
   *
   * @param factor a scalar, at most one number per tensor
   * @return the changed update
   */
  public Update withDecayFactor(Expression factor) {
    return new Update(step, correction, unit, factor, newWeight, next, measured);
  }

  /**
   * Sets the weight after the step; no step rule may follow.
   *
   * @param weight the new weight
   * @return the changed update
   */
  public Update withNewWeight(Expression weight) {
    return new Update(step, correction, unit, decayFactor, Optional.of(weight), next, measured);
  }

  /**
   * Says what a state will hold after the step. Naming a state again replaces what an earlier rule
   * said.
   *
   * @param state the state
   * @param value its next value, of a level no finer than the state's
   * @return the changed update
   * @throws UserException if the value is finer than the state
   */
  public Update withNext(State state, Expression value) {
    if (value.level().compareTo(state.level()) > 0) {
      throw new UserException(
          "State '"
              + state.name()
              + "' holds one number per "
              + state.level()
              + " and can't be changed per "
              + value.level()
              + " by a later rule; leave one of the two rules out.");
    }
    var states = new LinkedHashMap<>(next);
    states.put(state, value);
    return new Update(step, correction, unit, decayFactor, newWeight, states, measured);
  }

  /**
   * Names a scalar for reports.
   *
   * @param name the name
   * @param value a scalar, at most one number per tensor
   * @return the changed update
   */
  public Update withMeasured(String name, Expression value) {
    var values = new LinkedHashMap<>(measured);
    values.put(name, value);
    return new Update(step, correction, unit, decayFactor, newWeight, next, values);
  }

  /**
   * The step with its correction folded in.
   *
   * @return step × correction
   */
  public Expression corrected() {
    return step.times(correction);
  }
}

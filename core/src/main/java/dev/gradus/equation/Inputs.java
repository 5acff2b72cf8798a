package dev.gradus.equation;

import dev.gradus.UserException;
import dev.gradus.schedule.Schedule;
import java.util.Optional;

/**
 * What a rule may look at: the weight, the raw gradient, the step its left neighbour produced, its
 * own states, and a few facts. Asking for {@link #newWeight()} closes the step.
 */
public final class Inputs {
  private final int rank;
  private final Update soFar;
  private final String name;
  private final Optional<String> label;

  Inputs(int rank, Update soFar, String name, Optional<String> label) {
    this.rank = rank;
    this.soFar = soFar;
    this.name = name;
    this.label = label;
  }

  /**
   * The weight before the step.
   *
   * @return one number for every weight
   */
  public Expression weight() {
    return Facts.WEIGHT;
  }

  /**
   * The raw gradient: the mean over accumulated batches, before any clipping, centring or decay,
   * wherever the rule stands.
   *
   * @return one number for every weight
   */
  public Expression gradient() {
    return Facts.SCALED_GRADIENT;
  }

  /**
   * Everything the rules to the left have said.
   *
   * @return the update to change
   */
  public Update soFar() {
    return soFar;
  }

  /**
   * The step so far, before the learning rate.
   *
   * @return one number for every weight
   * @throws UserException if a rule to the left has already put the learning rate in
   */
  public Expression step() {
    if (soFar.unit() == Unit.DISPLACEMENT) {
      throw new UserException(
          name
              + " needs a step without the learning rate, but a rule before it has already put the"
              + " learning rate in; move "
              + name
              + " to its left.");
    }
    return soFar.corrected();
  }

  /**
   * The step so far with the learning rate in it, whichever unit it came in.
   *
   * @return one number for every weight, to be subtracted from it
   */
  public Expression displacement() {
    return soFar.unit() == Unit.DISPLACEMENT
        ? soFar.corrected()
        : soFar.step().times(soFar.correction().times(learningRate()));
  }

  /**
   * The weight after the step and all weight rules so far.
   *
   * @return one number for every weight
   */
  public Expression newWeight() {
    return soFar.newWeight().orElseGet(() -> weight().minus(displacement()));
  }

  /**
   * The update with something added to the step that is to be multiplied by the learning rate.
   *
   * @param addend one number for every weight, in units of the learning rate
   * @return the update with step + addend
   */
  public Update plusStep(Expression addend) {
    Expression rated = soFar.unit() == Unit.DISPLACEMENT ? addend.times(learningRate()) : addend;
    return soFar.map(step -> step.plus(rated));
  }

  /**
   * Applies other rules in turn, as if they stood in the pipeline in place of this one. A rule that
   * is a composition of others is written with it.
   *
   * @param rules the rules from left to right
   * @return the update after the last
   */
  public Update through(Rule... rules) {
    Inputs inputs = this;
    for (Rule rule : rules) {
      inputs = new Inputs(rank, inputs.after(rule), name, label);
    }
    return inputs.soFar;
  }

  private Update after(Rule rule) {
    Update update = rule.update(this);
    if (update.corrected() != soFar.corrected() || update.unit() != soFar.unit()) {
      requireOpenStep();
    }
    return update;
  }

  /**
   * A state that starts at 0.
   *
   * @param stateName its name, from the vocabulary of the format description
   * @param level how many numbers it holds
   * @param degree see {@link State#degree()}
   * @return the state; its old value is {@link State#old()}
   */
  public State state(String stateName, Level level, int degree) {
    return state(stateName, level, degree, Expression.constant(0));
  }

  /**
   * A state.
   *
   * @param stateName its name, from the vocabulary of the format description
   * @param level how many numbers it holds
   * @param degree see {@link State#degree()}
   * @param initial its value before the first step
   * @return the state
   * @throws UserException if another stage of the pipeline already keeps a state of that name
   * @throws IllegalArgumentException if every tensor has a slot of that name
   */
  public State state(String stateName, Level level, int degree, Expression initial) {
    String full = label.map(l -> l + "." + stateName).orElse(stateName);
    if (Facts.SLOTS.contains(full)) {
      throw new IllegalArgumentException("A rule can't call its own state '" + full + "'.");
    }
    if (soFar.next().keySet().stream().anyMatch(s -> s.name().equals(full))) {
      throw new UserException(
          "Two stages of the pipeline keep a state named '"
              + full
              + "'; give one of them a label, as in '"
              + name
              + "(…) as second'.");
    }
    return new State(full, level, initial, degree);
  }

  /**
   * The degree of the step so far, for a state that keeps it: 1 for a gradient, 0 for one divided
   * by its own size.
   *
   * @return see {@link State#degree()}
   */
  public int stepDegree() {
    return new Scaling(soFar.next().keySet()).degree(soFar.step());
  }

  /**
   * The name under which this stage folds over the model: its label, or the rule's name.
   *
   * @return the name
   */
  public String modelName() {
    return label.orElse(name);
  }

  /**
   * A setting that may change over the run.
   *
   * @param settingName the option's name
   * @param schedule its value in every step
   * @return a scalar; a number written in the rule if it never changes
   */
  public Expression setting(String settingName, Schedule schedule) {
    return schedule.lowest() == schedule.highest()
        ? Expression.constant(schedule.lowest())
        : Fact.of(settingName, schedule);
  }

  /**
   * The learning rate of the tensor's group in this step.
   *
   * @return a scalar
   */
  public Expression learningRate() {
    return Facts.LEARNING_RATE;
  }

  /**
   * The schedule's part of the learning rate: rate ÷ base rate.
   *
   * @return a scalar
   */
  public Expression scheduleMultiplier() {
    return Facts.SCHEDULE_MULTIPLIER;
  }

  /**
   * How many steps this tensor has taken, this one included. A tensor without a gradient takes
   * none.
   *
   * @return a scalar, at least 1
   */
  public Expression steps() {
    return Facts.STEPS_TAKEN;
  }

  /**
   * How many steps the optimizer has taken, this one included.
   *
   * @return a scalar, at least 1
   */
  public Expression sharedSteps() {
    return Facts.SHARED_STEPS;
  }

  /**
   * The length of a row.
   *
   * @return a scalar
   */
  public Expression columns() {
    return Facts.COLUMNS;
  }

  /**
   * The number of weights of the tensor.
   *
   * @return a scalar
   */
  public Expression size() {
    return Facts.SIZE;
  }

  /**
   * The number of dimensions, known when the equations are built.
   *
   * @return 0 for a single number, 1 for a vector, 2 for a matrix
   */
  public int rank() {
    return rank;
  }

  private void requireOpenStep() {
    if (soFar.newWeight().isPresent()) {
      throw new UserException(
          name
              + " changes the step, but a rule before it has already made the new weight; move "
              + name
              + " to its left.");
    }
  }
}

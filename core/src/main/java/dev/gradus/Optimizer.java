package dev.gradus;

import dev.gradus.engine.Engine;
import dev.gradus.engine.Outcome;
import dev.gradus.engine.Tensors;
import dev.gradus.equation.Pipeline;
import dev.gradus.safetensors.Tensor;
import dev.gradus.schedule.History;
import dev.gradus.schedule.History.Observation;
import java.util.List;
import java.util.Map;
import java.util.SequencedSet;
import java.util.SortedSet;

/**
 * Trains parameters that lie in native memory. It keeps the states of its update rules and one
 * logical step counter for all parameters.
 *
 * <pre>{@code
 * try (var optimizer =
 *     Optimizer.of(parameters).group(Group.all(Rules.parse("adamp"), 1e-3)).build()) {
 *   optimizer.step(tensors);
 * }
 * }</pre>
 *
 * <p>Not for use by several threads at once.
 */
public final class Optimizer implements AutoCloseable {
  private final List<Parameter> parameters;
  private final Rates rates;
  private final Engine engine;
  private final SavedStates states;
  private final Actions actions;
  private boolean measure;
  private boolean closed;
  private long steps;

  Optimizer(List<Parameter> parameters, Rates rates, Engine engine) {
    this.parameters = parameters;
    this.rates = rates;
    this.engine = engine;
    states = new SavedStates(engine);
    actions = new Actions(parameters, rates);
  }

  /**
   * Starts to describe an optimizer.
   *
   * @param parameters what is trained, in the order in which {@link Tensors} is asked for them
   * @return a builder without groups
   */
  public static OptimizerBuilder of(List<Parameter> parameters) {
    return new OptimizerBuilder(parameters);
  }

  /**
   * Takes one step.
   *
   * @param tensors where weights and gradients lie now
   * @return what became of it
   * @throws UserException if a schedule gives no usable learning rate; nothing is changed then
   * @throws IllegalArgumentException if memory of a tensor can't be used; nothing is changed then
   */
  public StepReport step(Tensors tensors) {
    requireOpen();
    rates.begin(steps);
    boolean measuring = measure;
    measure = false;
    Outcome outcome = engine.step(tensors, rates, measuring);
    steps += outcome.accepted() ? 1 : 0;
    return StepReport.of(outcome, parameters);
  }

  /**
   * What the rules can do between two steps, such as {@code restart}.
   *
   * @return the names, sorted
   */
  public SequencedSet<String> actions() {
    return actions.names();
  }

  /**
   * Lets the rules do something between two steps. It is no step and counts as none.
   *
   * @param action one of {@link #actions()}
   * @param tensors where weights lie now; gradients are not looked at
   * @throws UserException if no rule has such an action
   */
  public void act(String action, Tensors tensors) {
    requireOpen();
    rates.begin(steps);
    engine.act(actions.equations(action), tensors, rates);
  }

  private void requireOpen() {
    if (closed) {
      throw new IllegalStateException("The optimizer is closed; build another.");
    }
  }

  /** Asks for the numbers of {@link StepReport#measured()} in the next step. */
  public void measureNextStep() {
    measure = true;
  }

  /**
   * Sets what gradients in memory are multiplied by to give the mean; 1 unless set.
   *
   * @param scale 1 ÷ the number of accumulated batches, say; finite and above 0
   */
  public void gradientScale(double scale) {
    if (!(scale > 0) || Double.isInfinite(scale)) {
      throw new UserException(
          "Gradients can't be scaled by " + scale + "; give a finite number above 0.");
    }
    rates.gradientScale(scale);
  }

  /**
   * The one logical step counter: how many steps were taken.
   *
   * @return at least 0
   */
  public long steps() {
    return steps;
  }

  /**
   * The learning rate that the next step has for a parameter.
   *
   * @param parameter the parameter's index
   * @return base rate × schedule
   */
  public double learningRate(int parameter) {
    return rates.learningRate(parameter, steps);
  }

  /**
   * What the schedule makes of the base rate of a parameter in the next step.
   *
   * @param parameter the parameter's index
   * @return 1 for the base rate itself
   */
  public double scheduleMultiplier(int parameter) {
    return rates.multiplierOf(parameter, steps);
  }

  /**
   * The rules that train a parameter: those of its group, without decay if it is exempt.
   *
   * @param parameter the parameter's index
   * @return the rules
   */
  public Pipeline pipeline(int parameter) {
    return rates.pipeline(parameters.get(parameter), parameter);
  }

  /**
   * The metrics that schedules watch, such as the {@code loss} of {@code plateau}. Whoever trains
   * gives them to {@link #observe}.
   *
   * @return their names; empty if no schedule has a memory
   */
  public SortedSet<String> metrics() {
    return rates.metrics();
  }

  /**
   * Tells schedules what was measured after the steps taken so far; the next step may depend on it.
   *
   * @param measured figures by name; those that nobody watches are ignored
   */
  public void observe(Map<String, Double> measured) {
    for (String metric : metrics()) {
      Double value = measured.get(metric);
      if (value != null) {
        rates.recall(history().with(new Observation(steps, metric, value)));
      }
    }
  }

  /**
   * What schedules have been told, for a checkpoint.
   *
   * @return every measurement that some schedule watches
   */
  public History history() {
    return rates.history();
  }

  /**
   * What is trained.
   *
   * @return the parameters in order
   */
  public List<Parameter> parameters() {
    return parameters;
  }

  /**
   * Every state, for a checkpoint. A state that starts from the weight is left out until its
   * parameter has taken a step, and so starts afresh when the checkpoint is restored.
   *
   * @return views of the optimizer's own memory, named {@code parameter/state}
   */
  public List<Tensor> state() {
    requireOpen();
    return states.present();
  }

  /**
   * The memory of every state, also of those that will get their initial value in the first step of
   * their parameter: what {@link #restore(long, Map)} can give a value.
   *
   * @return views of the optimizer's own memory, named {@code parameter/state}
   */
  public List<Tensor> stateMemory() {
    requireOpen();
    return states.all();
  }

  /**
   * Continues from a checkpoint. States that the checkpoint lacks start afresh; this is what
   * happens to the states of a rule that has been added.
   *
   * @param stepsTaken the step counter of the checkpoint, at least 0
   * @param stored the checkpoint's tensors by name; others than states are ignored
   * @throws UserException if a state has another type or shape there; nothing is changed then
   */
  public void restore(long stepsTaken, Map<String, Tensor> stored) {
    requireOpen();
    if (stepsTaken < 0) {
      throw new UserException("A checkpoint after " + stepsTaken + " steps is not possible.");
    }
    states.restore(stored);
    steps = stepsTaken;
  }

  /**
   * Continues with what an earlier run had measured.
   *
   * @param history the history of the checkpoint
   */
  public void restore(History history) {
    rates.recall(history);
  }

  /** Frees the states and ends the threads; a second time it does nothing. */
  @Override
  public void close() {
    closed = true;
    engine.close();
  }
}

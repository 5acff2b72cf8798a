package dev.gradus;

import dev.gradus.engine.Engine;
import dev.gradus.engine.NativeEngine;
import dev.gradus.engine.Outcome;
import dev.gradus.engine.ReferenceEngine;
import dev.gradus.engine.TensorEquations;
import dev.gradus.engine.Tensors;
import dev.gradus.equation.Equations;
import dev.gradus.equation.Pipeline;
import dev.gradus.safetensors.Tensor;
import dev.gradus.schedule.History;
import dev.gradus.schedule.History.Observation;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
  private static final System.Logger LOGGER = System.getLogger(Optimizer.class.getName());

  private final List<Parameter> parameters;
  private final Rates rates;
  private final Engine engine;
  private final SavedStates states;
  private final Actions actions;
  private boolean measure;
  private boolean closed;
  private long steps;

  private Optimizer(Builder builder) {
    parameters = builder.parameters;
    rates = new Rates(builder.groups, parameters, builder.totalSteps);
    builder.groups.forEach(Optimizer::warn);
    List<TensorEquations> equations = equations();
    engine =
        builder.reference
            ? new ReferenceEngine(equations, builder.checkFinite)
            : new NativeEngine(equations, builder.threads, builder.checkFinite);
    states = new SavedStates(engine);
    actions = new Actions(parameters, rates);
  }

  private static void warn(Group group) {
    Rules.doubts(group.pipeline()).forEach(doubt -> LOGGER.log(System.Logger.Level.WARNING, doubt));
  }

  /** Parameters with the same rules and number of dimensions share their equations. */
  private List<TensorEquations> equations() {
    record Form(Pipeline pipeline, int rank) {}
    var known = new HashMap<Form, Equations>();
    var result = new ArrayList<TensorEquations>();
    for (int i = 0; i < parameters.size(); i++) {
      Parameter p = parameters.get(i);
      var form = new Form(rates.pipeline(p, i), p.shape().rank());
      var equations = known.computeIfAbsent(form, f -> Equations.of(f.pipeline(), f.rank()));
      result.add(new TensorEquations(p.name(), p.shape(), equations));
    }
    known.values().forEach(rates::add);
    return result;
  }

  /**
   * Starts to describe an optimizer.
   *
   * @param parameters what is trained, in the order in which {@link Tensors} is asked for them
   * @return a builder without groups
   */
  public static Builder of(List<Parameter> parameters) {
    return new Builder(parameters);
  }

  /** Describes an optimizer. */
  public static final class Builder {
    private final List<Parameter> parameters;
    private final List<Group> groups = new ArrayList<>();
    private int threads = 1;
    private boolean checkFinite;
    private boolean reference;
    private long totalSteps = 1;

    private Builder(List<Parameter> parameters) {
      this.parameters = List.copyOf(parameters);
      requireUniqueNames();
    }

    private void requireUniqueNames() {
      var names = new HashMap<String, Parameter>();
      for (Parameter parameter : parameters) {
        if (names.put(parameter.name(), parameter) != null) {
          throw new UserException(
              "Two parameters are named '" + parameter.name() + "'; give each a name of its own.");
        }
      }
    }

    /**
     * Adds a group; it wins over groups added before it.
     *
     * @param group the group
     * @return this builder
     */
    public Builder group(Group group) {
      groups.add(group);
      return this;
    }

    /**
     * Sets the number of threads that share a step; 1 unless set. Results have the same bits for
     * any number.
     *
     * @param count at least 1
     * @return this builder
     */
    public Builder threads(int count) {
      if (count < 1) {
        throw new UserException(
            "The optimizer was given " + count + " threads; it needs at least 1.");
      }
      threads = count;
      return this;
    }

    /**
     * Refuses steps with a gradient that is infinite, not-a-number or overflows when squared,
     * before anything is touched. Off unless called, because most pipelines pay for it with a pass
     * over the gradients.
     *
     * @return this builder
     */
    public Builder checkFinite() {
      checkFinite = true;
      return this;
    }

    /**
     * Says how long the run is, for schedules that end with it.
     *
     * @param count at least 1
     * @return this builder
     */
    public Builder totalSteps(long count) {
      if (count < 1) {
        throw new UserException("A run of " + count + " steps is no run; it needs at least 1.");
      }
      totalSteps = count;
      return this;
    }

    /**
     * Computes in double precision, by the equations as they stand: slow, for checking. Weights and
     * gradients are then memory of doubles.
     *
     * @return this builder
     */
    public Builder reference() {
      reference = true;
      return this;
    }

    /**
     * Builds the optimizer; states are allocated now.
     *
     * @return the optimizer
     * @throws UserException if a parameter belongs to no group, or rules can't stand in their order
     */
    public Optimizer build() {
      return new Optimizer(this);
    }
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
    return outcome.accepted() && outcome.measured().isEmpty()
        ? StepReport.TAKEN
        : new StepReport(notFinite(outcome), byName(outcome.measured()));
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

  private Optional<String> notFinite(Outcome outcome) {
    return outcome.accepted()
        ? Optional.empty()
        : Optional.of(parameters.get(outcome.notFinite().getAsInt()).name());
  }

  private Map<String, Map<String, Double>> byName(List<Map<String, Double>> measured) {
    if (measured.isEmpty()) {
      return Map.of();
    }
    var result = new LinkedHashMap<String, Map<String, Double>>();
    for (int i = 0; i < measured.size(); i++) {
      if (!measured.get(i).isEmpty()) {
        result.put(parameters.get(i).name(), measured.get(i));
      }
    }
    return result;
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

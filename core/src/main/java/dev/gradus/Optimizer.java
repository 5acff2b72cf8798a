package dev.gradus;

import dev.gradus.engine.Engine;
import dev.gradus.engine.NativeEngine;
import dev.gradus.engine.Outcome;
import dev.gradus.engine.ReferenceEngine;
import dev.gradus.engine.StateTensor;
import dev.gradus.engine.StepFacts;
import dev.gradus.engine.TensorEquations;
import dev.gradus.engine.Tensors;
import dev.gradus.equation.Equations;
import dev.gradus.equation.Fact;
import dev.gradus.equation.Facts;
import dev.gradus.safetensors.Dtype;
import dev.gradus.safetensors.Tensor;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

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
  private final List<Group> groups;
  private final long totalSteps;
  private final Engine engine;
  private final int[] groupOf;
  private final double[] multipliers;
  private final StepFacts facts = this::fact;
  private double gradientScale = 1;
  private boolean measure;
  private long steps;

  private Optimizer(Builder builder) {
    parameters = builder.parameters;
    groups = List.copyOf(builder.groups);
    totalSteps = builder.totalSteps;
    multipliers = new double[groups.size()];
    groupOf = parameters.stream().mapToInt(this::lastMatch).toArray();
    var equations = new ArrayList<TensorEquations>();
    for (int i = 0; i < parameters.size(); i++) {
      Parameter p = parameters.get(i);
      var pipeline = groups.get(groupOf[i]).pipelineFor(p);
      equations.add(new TensorEquations(p.name(), p.shape(), Equations.of(pipeline, p.shape())));
    }
    engine =
        builder.reference
            ? new ReferenceEngine(equations, builder.checkFinite)
            : new NativeEngine(equations, builder.threads, builder.checkFinite);
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
      totalSteps = Math.max(1, count);
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

  private int lastMatch(Parameter parameter) {
    for (int g = groups.size() - 1; g >= 0; g--) {
      if (groups.get(g).matches(parameter)) {
        return g;
      }
    }
    throw new UserException(
        "Parameter '"
            + parameter.name()
            + "' of type "
            + parameter.type()
            + " belongs to no group; add a group whose names match it, such as '*'.");
  }

  /**
   * Takes one step.
   *
   * @param tensors where weights and gradients lie now
   * @return what became of it
   */
  public StepReport step(Tensors tensors) {
    for (int g = 0; g < multipliers.length; g++) {
      multipliers[g] = groups.get(g).schedule().multiplier(steps, totalSteps);
    }
    boolean measuring = measure;
    measure = false;
    Outcome outcome = engine.step(tensors, facts, measuring);
    steps += outcome.accepted() ? 1 : 0;
    var notFinite =
        outcome.accepted()
            ? Optional.<String>empty()
            : Optional.of(parameters.get(outcome.notFinite().getAsInt()).name());
    return new StepReport(steps, notFinite, byName(outcome.measured()));
  }

  private double fact(Fact fact, int tensor) {
    int group = groupOf[tensor];
    if (fact == Facts.LEARNING_RATE) {
      return groups.get(group).learningRate() * multipliers[group];
    }
    if (fact == Facts.SCHEDULE_MULTIPLIER) {
      return multipliers[group];
    }
    if (fact == Facts.SHARED_STEPS) {
      return steps + 1;
    }
    if (fact == Facts.GRADIENT_SCALE) {
      return gradientScale;
    }
    throw new IllegalStateException("Nothing is known of " + fact);
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
   * @param scale 1 ÷ the number of accumulated batches, say
   */
  public void gradientScale(double scale) {
    gradientScale = scale;
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
    Group group = groups.get(groupOf[parameter]);
    return group.learningRate() * group.schedule().multiplier(steps, totalSteps);
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
   * Every state, for a checkpoint.
   *
   * @return views of the optimizer's own memory, named {@code parameter/state}
   */
  public List<Tensor> state() {
    return engine.states().stream().map(Optimizer::tensor).toList();
  }

  private static Tensor tensor(StateTensor state) {
    Dtype dtype = state.bytesPerValue() == Float.BYTES ? Dtype.F32 : Dtype.F64;
    return new Tensor(state.key(), dtype, state.shape(), state.values());
  }

  /**
   * Continues from a checkpoint. States that the checkpoint lacks start afresh; this is what
   * happens to the states of a rule that has been added.
   *
   * @param stepsTaken the step counter of the checkpoint
   * @param stored the checkpoint's tensors by name; others than states are ignored
   * @throws UserException if a state has another type or shape there
   */
  public void restore(long stepsTaken, Map<String, Tensor> stored) {
    for (StateTensor state : engine.states()) {
      Tensor from = stored.get(state.key());
      if (from != null) {
        requireSameForm(from, tensor(state));
        MemorySegment.copy(from.data(), 0, state.values(), 0, state.values().byteSize());
        engine.markRestored(state);
      }
    }
    steps = stepsTaken;
  }

  private static void requireSameForm(Tensor found, Tensor wanted) {
    if (found.dtype() != wanted.dtype() || !found.shape().equals(wanted.shape())) {
      throw new UserException(
          "State '"
              + wanted.name()
              + "' is "
              + found.dtype()
              + found.shape()
              + " in the checkpoint, but the optimizer keeps "
              + wanted.dtype()
              + wanted.shape()
              + "; continue with the pipeline and network of the checkpoint.");
    }
  }

  @Override
  public void close() {
    engine.close();
  }
}

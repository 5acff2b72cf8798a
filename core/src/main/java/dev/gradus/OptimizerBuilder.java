package dev.gradus;

import dev.gradus.engine.Engine;
import dev.gradus.engine.EngineSource;
import dev.gradus.engine.NativeEngine;
import dev.gradus.engine.ReferenceEngine;
import dev.gradus.engine.TensorEquations;
import dev.gradus.equation.Equations;
import dev.gradus.equation.Pipeline;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;

/** Describes an {@link Optimizer}. */
public final class OptimizerBuilder {
  private static final System.Logger LOGGER = System.getLogger(Optimizer.class.getName());

  private final List<Parameter> parameters;
  private final List<Group> groups = new ArrayList<>();
  private int threads = 1;
  private boolean checkFinite;
  private EngineSource engines = this::nativeEngine;
  private long totalSteps = 1;

  OptimizerBuilder(List<Parameter> parameters) {
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
  public OptimizerBuilder group(Group group) {
    groups.add(group);
    return this;
  }

  /**
   * Sets the number of threads that share a step; 1 unless set. Results have the same bits for any
   * number.
   *
   * @param count at least 1
   * @return this builder
   */
  public OptimizerBuilder threads(int count) {
    if (count < 1) {
      throw new UserException(
          "The optimizer was given " + count + " threads; it needs at least 1.");
    }
    threads = count;
    return this;
  }

  /**
   * Refuses steps with a gradient that is infinite, not-a-number or overflows when squared, before
   * anything is touched. Off unless called, because most pipelines pay for it with a pass over the
   * gradients.
   *
   * @return this builder
   */
  public OptimizerBuilder checkFinite() {
    checkFinite = true;
    return this;
  }

  /**
   * Says how long the run is, for schedules that end with it.
   *
   * @param count at least 1
   * @return this builder
   */
  public OptimizerBuilder totalSteps(long count) {
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
  public OptimizerBuilder reference() {
    return engine(ReferenceEngine::new);
  }

  /**
   * Computes with an engine from elsewhere, such as that of {@code dev.gradus.djl.array} for the
   * arrays of any device. {@link #threads} is then without effect.
   *
   * @param source makes the engine
   * @return this builder
   */
  public OptimizerBuilder engine(EngineSource source) {
    engines = source;
    return this;
  }

  /**
   * Builds the optimizer; states are allocated now.
   *
   * @return the optimizer
   * @throws UserException if a parameter belongs to no group, or rules can't stand in their order
   */
  public Optimizer build() {
    groups.forEach(OptimizerBuilder::warn);
    var rates = new Rates(groups, parameters, totalSteps);
    return new Optimizer(parameters, rates, engines.engine(equations(rates), checkFinite));
  }

  private static void warn(Group group) {
    Rules.doubts(group.pipeline()).forEach(doubt -> LOGGER.log(System.Logger.Level.WARNING, doubt));
  }

  /** Parameters with the same rules and number of dimensions share their equations. */
  private List<TensorEquations> equations(Rates rates) {
    record Form(Pipeline pipeline, int rank) {}
    var known = new HashMap<Form, Equations>();
    var result = new ArrayList<TensorEquations>();
    for (int i = 0; i < parameters.size(); i++) {
      Parameter p = parameters.get(i);
      var form = new Form(rates.pipeline(p, i), p.shape().rank());
      var equations = known.computeIfAbsent(form, f -> Equations.of(f.pipeline(), f.rank()));
      result.add(new TensorEquations(p.name(), p.shape(), equations, p.format()));
    }
    known.values().forEach(rates::add);
    return result;
  }

  private Engine nativeEngine(List<TensorEquations> equations, boolean check) {
    return new NativeEngine(equations, threads, check);
  }
}

package dev.gradus.trace;

import dev.gradus.Group;
import dev.gradus.Optimizer;
import dev.gradus.StepReport;
import dev.gradus.UserException;
import dev.gradus.equation.Pipeline;
import dev.gradus.safetensors.Dtype;
import dev.gradus.safetensors.Tensor;
import java.lang.foreign.Arena;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A recorded run taken again: each {@link #next()} is one step.
 *
 * <p>When options change before a step, the optimizer is built anew, and its states and counts of
 * steps are carried over.
 */
public final class Replay implements Iterator<Snapshot>, AutoCloseable {
  private static final String COUNT = "/steps";

  /** Counts that no other program records. */
  private static final Set<String> COUNTS = Set.of(COUNT, "/synchronisations");

  private final Arena arena = Arena.ofShared();
  private final Trace trace;
  private final Optional<Pipeline> instead;
  private final ReplayEngine engine;
  private final RecordedMemory memory;
  private final Map<String, String> options;
  private Optimizer optimizer;
  private int taken;

  /**
   * Prepares the first step.
   *
   * @param trace what to feed
   * @param instead the pipeline to feed it to; when empty, the one that the trace's own method and
   *     options name
   * @param engine by which engine
   * @throws UserException if the trace's method, options or numbers are not possible
   */
  public Replay(Trace trace, Optional<Pipeline> instead, ReplayEngine engine) {
    this.trace = trace;
    this.instead = instead;
    this.engine = engine;
    options = new HashMap<>(trace.options());
    optimizer = build();
    memory = new RecordedMemory(arena, trace, engine.precision());
  }

  private Optimizer build() {
    Pipeline pipeline = instead.orElseGet(() -> Methods.pipeline(trace.method(), options));
    Group group = Group.all(pipeline, learningRate());
    return Optimizer.of(trace.parameters()).group(group).engine(engine.source()).build();
  }

  private double learningRate() {
    String text = options.get(Methods.LEARNING_RATE);
    if (text == null) {
      throw new UserException(
          "The options of the trace hold no " + Methods.LEARNING_RATE + "; add it.");
    }
    try {
      return Double.parseDouble(text);
    } catch (NumberFormatException notANumber) {
      throw new UserException(
          "Option %s is %s, but must be a number.".formatted(Methods.LEARNING_RATE, text),
          notANumber);
    }
  }

  @Override
  public boolean hasNext() {
    return taken < trace.steps().size();
  }

  /**
   * Takes the next recorded step.
   *
   * @return weights and states after it
   * @throws UserException if its options, action or numbers are not possible
   */
  @Override
  public Snapshot next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    RecordedStep step = trace.steps().get(taken);
    taken++;
    try {
      return take(step);
    } catch (UserException e) {
      throw new UserException("In step " + taken + ": " + e.getMessage(), e);
    }
  }

  private Snapshot take(RecordedStep step) {
    if (!step.options().isEmpty()) {
      options.putAll(step.options());
      rebuild();
    }
    step.action().ifPresent(action -> optimizer.act(action, memory));
    memory.gradients(step.gradients());
    optimizer.measureNextStep();
    StepReport report = optimizer.step(memory);
    var snapshot = new Snapshot(memory.weights(), states(), report.measured());
    snapshot.requireFinite();
    return snapshot;
  }

  private void rebuild() {
    Optimizer after = build();
    after.restore(
        optimizer.steps(),
        optimizer.state().stream().collect(Collectors.toMap(Tensor::name, state -> state)));
    optimizer.close();
    optimizer = after;
  }

  /** The states of tensors that have taken a step; the others do not exist yet. */
  private SequencedMap<String, double[]> states() {
    List<Tensor> all = optimizer.state();
    var begun =
        all.stream()
            .filter(state -> state.name().endsWith(COUNT) && values(state)[0] > 0)
            .map(state -> parameter(state.name()))
            .collect(Collectors.toSet());
    var result = new LinkedHashMap<String, double[]>();
    for (Tensor state : all) {
      if (begun.contains(parameter(state.name())) && !isCount(state.name())) {
        result.put(state.name(), values(state));
      }
    }
    return result;
  }

  private static boolean isCount(String state) {
    return COUNTS.contains(state.substring(state.indexOf('/')));
  }

  private static String parameter(String state) {
    return state.substring(0, state.indexOf('/'));
  }

  private static double[] values(Tensor state) {
    if (state.dtype() == Dtype.F64) {
      return state.doubles();
    }
    float[] single = state.floats();
    var values = new double[single.length];
    for (int i = 0; i < values.length; i++) {
      values[i] = single[i];
    }
    return values;
  }

  /** Frees the weights and the states; a second time it does nothing. */
  @Override
  public void close() {
    if (arena.scope().isAlive()) {
      optimizer.close();
      arena.close();
    }
  }
}

package dev.gradus.djl.array;

import ai.djl.Device;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import dev.gradus.UserException;
import dev.gradus.engine.Engine;
import dev.gradus.engine.EngineSource;
import dev.gradus.engine.Outcome;
import dev.gradus.engine.StateTensor;
import dev.gradus.engine.States;
import dev.gradus.engine.StepFacts;
import dev.gradus.engine.TensorEquations;
import dev.gradus.engine.Tensors;
import dev.gradus.equation.Equations;
import dev.gradus.equation.Expression;
import dev.gradus.equation.Facts;
import dev.gradus.equation.Format;
import dev.gradus.equation.Slot;
import dev.gradus.equation.State;
import dev.gradus.plan.Goal;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SequencedMap;

/**
 * The equations as operations on DJL arrays. Weights and gradients are {@link ArrayTensors}, or on
 * the CPU native memory; states are kept on the engine's device. Arrays of other types are computed
 * in the engine's type and written back.
 */
public final class NdArrayEngine implements Engine {
  private static final long ALIGNMENT = 64;

  private final Arena arena = Arena.ofShared();
  private final NDManager manager;
  private final NDManager host;
  private final DataType type;
  private final boolean checkFinite;
  private final List<TensorEquations> equations;
  private final List<ArrayTensor> tensors = new ArrayList<>();
  private final States states = new States();
  private final StateArrays stateArrays;
  private final Cells cells;

  /**
   * An engine for some tensors.
   *
   * @param equations the tensors and their equations
   * @param checkFinite whether a gradient that is not finite leaves everything unchanged
   * @param device where states are kept and steps computed
   * @param type FLOAT32 or FLOAT64, the type of the states per weight
   */
  public NdArrayEngine(
      List<TensorEquations> equations, boolean checkFinite, Device device, DataType type) {
    this(equations, checkFinite, device, type, Bound.isHost(device));
  }

  /**
   * @param shared whether the device's arrays can lie in memory of the host
   */
  NdArrayEngine(
      List<TensorEquations> equations,
      boolean checkFinite,
      Device device,
      DataType type,
      boolean shared) {
    this.equations = List.copyOf(equations);
    equations.forEach(NdArrayEngine::requireFloats);
    this.checkFinite = checkFinite;
    this.type = type;
    manager = NDManager.newBaseManager(device);
    host = NDManager.newBaseManager(Device.cpu());
    stateArrays = new StateArrays(manager, type, shared);
    cells = new Cells(arena, host, type);
    addAll();
  }

  /**
   * Makes such engines for optimizers.
   *
   * @param device where states are kept and steps computed
   * @param type FLOAT32 or FLOAT64, the type of the states per weight
   * @return for {@code Optimizer.of(…).engine(…)}
   */
  public static EngineSource on(Device device, DataType type) {
    return (equations, checkFinite) -> new NdArrayEngine(equations, checkFinite, device, type);
  }

  private void addAll() {
    var quiet = new HashMap<Equations, Tasks>();
    var measuring = new HashMap<Equations, Tasks>();
    for (TensorEquations one : equations) {
      Tasks plain = quiet.computeIfAbsent(one.equations(), e -> Tasks.of(e, false, checkFinite));
      Tasks report =
          measuring.computeIfAbsent(one.equations(), e -> Tasks.of(e, true, checkFinite));
      var tensor = new ArrayTensor(tensors.size(), one, plain, report);
      one.equations().states().keySet().forEach(state -> add(tensor, one, state));
      tensors.add(tensor);
    }
  }

  private static void requireFloats(TensorEquations tensor) {
    if (tensor.format() != Format.FLOAT32) {
      throw new UserException(
          "Parameter '%s' is in the format %s, which the engine of DJL arrays does not keep; use"
                  .formatted(tensor.name(), tensor.format())
              + " FLOAT32 or the native engine.");
    }
  }

  private void add(ArrayTensor tensor, TensorEquations of, State state) {
    int count = Math.toIntExact(of.shape().count(state.level()));
    if (state.level().isScalar()) {
      var numbers = MemorySegment.ofArray(new double[count]);
      var kept = StateTensor.of(of, state, numbers, Double.BYTES);
      states.add(kept);
      tensor.keep(kept);
    } else {
      long bytes = Math.multiplyExact((long) count, bytesPerValue());
      var kept = StateTensor.of(of, state, arena.allocate(bytes, ALIGNMENT), bytesPerValue());
      states.add(kept);
      tensor.keep(kept, stateArrays.add(kept, tensor.matrix()));
    }
  }

  @Override
  public Outcome step(Tensors memory, StepFacts facts, boolean measure) {
    ArrayTensors arrays = arrays(memory);
    var present = new ArrayList<ArrayTensor>();
    try {
      for (ArrayTensor tensor : tensors) {
        var gradient = arrays.gradientArray(tensor.index());
        if (gradient != null) {
          present.add(tensor);
          tensor.bind(Facts.WEIGHT, arrays.weightArray(tensor.index()), type);
          tensor.bind(Facts.GRADIENT, gradient, type);
          giveInitialStates(tensor, context(facts));
        }
      }
      return step(present, context(facts), measure);
    } finally {
      present.forEach(ArrayTensor::release);
    }
  }

  private Outcome step(List<ArrayTensor> present, StepContext context, boolean measure) {
    List<Evaluation> all =
        present.stream().map(t -> Evaluation.of(t, context, t.tasks(measure))).toList();
    context.model().over(all);
    try {
      OptionalInt notFinite =
          all.stream().filter(one -> !one.isFinite()).mapToInt(Evaluation::index).findFirst();
      if (notFinite.isPresent()) {
        return new Outcome(notFinite, List.of());
      }
      context.model().computeAll();
      return new Outcome(OptionalInt.empty(), finish(all, measure));
    } finally {
      all.forEach(Evaluation::close);
    }
  }

  private List<Map<String, Double>> finish(List<Evaluation> all, boolean measure) {
    var measured =
        new ArrayList<Map<String, Double>>(
            Collections.nCopies(measure ? tensors.size() : 0, Map.of()));
    for (Evaluation one : all) {
      if (measure) {
        measured.set(one.index(), one.measured());
      }
      finish(one, tensors.get(one.index()));
    }
    return measured;
  }

  private void finish(Evaluation evaluation, ArrayTensor tensor) {
    evaluation.store();
    evaluation.close();
    tensor.writeBack();
    tensor.states().forEach(states::markValued);
  }

  private void giveInitialStates(ArrayTensor tensor, StepContext context) {
    set(tensor, states.initial(tensor.states()), context);
  }

  /** Gives slots values made of what slots hold now, outside of any step. */
  private static void set(
      ArrayTensor tensor, SequencedMap<Slot, Expression> values, StepContext context) {
    if (!values.isEmpty()) {
      var goal = new Goal(values, new LinkedHashMap<>(), Optional.empty());
      try (var evaluation = new Evaluation(tensor, context, Task.of(goal))) {
        evaluation.store();
      }
    }
  }

  @Override
  public void act(List<Equations> actions, Tensors memory, StepFacts facts) {
    ArrayTensors arrays = arrays(memory);
    for (ArrayTensor tensor : tensors) {
      try {
        tensor.bind(Facts.WEIGHT, arrays.weightArray(tensor.index()), type);
        giveInitialStates(tensor, context(facts));
        set(tensor, actions.get(tensor.index()).next(), context(facts));
        tensor.writeBack();
        tensor.states().forEach(states::markValued);
      } finally {
        tensor.release();
      }
    }
  }

  private ArrayTensors arrays(Tensors memory) {
    return memory instanceof ArrayTensors given
        ? given
        : new WrappedMemory(equations, memory, host, type);
  }

  private StepContext context(StepFacts facts) {
    return new StepContext(facts, new ModelValues(), manager, type, cells);
  }

  @Override
  public List<StateTensor> states() {
    stateArrays.download();
    return states.all();
  }

  @Override
  public boolean hasValue(StateTensor state) {
    return states.hasValue(state);
  }

  @Override
  public void markValued(StateTensor state) {
    stateArrays.upload(state);
    states.markValued(state);
  }

  @Override
  public void restart(StateTensor state) {
    states.restart(state);
    stateArrays.upload(state);
  }

  @Override
  public int bytesPerValue() {
    return type.getNumOfBytes();
  }

  @Override
  public void close() {
    if (arena.scope().isAlive()) {
      manager.close();
      host.close();
      arena.close();
    }
  }
}

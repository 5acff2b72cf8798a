package dev.gradus.engine;

import dev.gradus.equation.Constant;
import dev.gradus.equation.Expression;
import dev.gradus.equation.Fact;
import dev.gradus.equation.Facts;
import dev.gradus.equation.Level;
import dev.gradus.equation.ModelFold;
import dev.gradus.equation.Slot;
import dev.gradus.equation.State;
import dev.gradus.plan.Goal;
import dev.gradus.plan.Planner;
import dev.gradus.plan.Waves;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Planned passes over native memory in single precision; scalars in double. Weights and gradients
 * are native memory of floats. After warm-up a step that is not measured allocates nothing.
 */
public final class NativeEngine implements Engine {
  private static final long ALIGNMENT = 64;

  private final Arena arena = Arena.ofShared();
  private final KernelSource kernels;
  private final WorkerPool workers;
  private final float[][] lanes;
  private final Stretch stretch;
  private final boolean checkFinite;
  private final Waves waves;
  private final ModelFolds modelFolds;
  private final int[] waveDepths;
  private final List<TensorRun> tensors = new ArrayList<>();
  private final List<TensorRun> present = new ArrayList<>();
  private final List<StateTensor> states = new ArrayList<>();
  private final Map<TensorRun, List<StateTensor>> toStart = new HashMap<>();
  private final Map<Goal, CompiledPlan> plans = new HashMap<>();
  private StepFacts facts = (fact, tensor) -> Double.NaN;

  /**
   * An engine for some tensors.
   *
   * @param tensors the tensors and their equations
   * @param threads how many threads share the work, the caller's included, at least 1
   * @param checkFinite whether a gradient that is not finite leaves everything unchanged; it costs
   *     a pass over the gradients unless the pipeline has one of its own
   */
  public NativeEngine(List<TensorEquations> tensors, int threads, boolean checkFinite) {
    this(tensors, threads, checkFinite, KernelSource.best());
  }

  NativeEngine(
      List<TensorEquations> equations, int threads, boolean checkFinite, KernelSource kernels) {
    this.kernels = kernels;
    this.checkFinite = checkFinite;
    List<Goal> goals = equations.stream().map(tensor -> goal(tensor, true)).toList();
    waves = new Waves(goals);
    modelFolds = new ModelFolds(goals, waves);
    waveDepths = modelFolds.depths();
    workers = new WorkerPool(threads);
    lanes = new float[threads][kernels.lanes()];
    stretch = new Stretch(workers, lanes);
    for (int i = 0; i < equations.size(); i++) {
      add(i, equations.get(i), goals.get(i));
    }
  }

  private void add(int index, TensorEquations tensor, Goal measuring) {
    var run = new TensorRun(index, tensor, this, goal(tensor, false), measuring);
    var unstarted = new ArrayList<StateTensor>();
    for (State state : tensor.equations().states().keySet()) {
      StateTensor memory = allocate(tensor, state);
      run.allocate(state.old(), memory.values());
      states.add(memory);
      if (!(state.initial() instanceof Constant c && c.value() == 0)) {
        unstarted.add(memory);
      }
    }
    tensors.add(run);
    toStart.put(run, unstarted);
  }

  private Goal goal(TensorEquations tensor, boolean measure) {
    var measured = new LinkedHashMap<String, Expression>();
    if (measure) {
      measured.putAll(tensor.equations().measured());
    }
    var gate = checkFinite ? Optional.of(Gate.SUM_OF_SQUARES) : Optional.<ModelFold>empty();
    return Rewrites.rewrite(new Goal(tensor.equations().next(), measured, gate));
  }

  private StateTensor allocate(TensorEquations tensor, State state) {
    long count = tensor.shape().count(state.level());
    boolean perWeight = state.level() == Level.ELEMENT;
    MemorySegment memory =
        perWeight
            ? arena.allocate(count * Float.BYTES, ALIGNMENT)
            : MemorySegment.ofArray(new double[Math.toIntExact(count)]);
    return new StateTensor(
        tensor.name(),
        state,
        StateShape.of(tensor.shape(), state.level()),
        memory,
        perWeight ? Float.BYTES : Double.BYTES);
  }

  @Override
  public Outcome step(Tensors memory, StepFacts stepFacts, boolean measure) {
    facts = stepFacts;
    begin(memory, measure);
    int pass = 0;
    for (int depth : waveDepths) {
      stretch.run(present, pass, depth);
      modelFolds.fold(depth, present);
      pass = depth;
      if (checkFinite && depth == waves.of(Gate.NAME) && !isFinite()) {
        return Outcome.notFinite(firstNotFinite().orElse(0));
      }
    }
    stretch.run(present, pass, Integer.MAX_VALUE);
    for (int i = 0; i < present.size(); i++) {
      present.get(i).execution().finish();
    }
    return measure ? new Outcome(OptionalInt.empty(), measured()) : Outcome.ACCEPTED;
  }

  private void begin(Tensors memory, boolean measure) {
    present.clear();
    for (int i = 0; i < tensors.size(); i++) {
      MemorySegment gradient = memory.gradient(i);
      if (gradient != null) {
        TensorRun run = tensors.get(i);
        MemorySegment weight = memory.weight(i);
        requireSize(run, weight);
        requireSize(run, gradient);
        start(run, weight, gradient);
        run.begin(weight, gradient, measure);
        present.add(run);
      }
    }
  }

  private static void requireSize(TensorRun run, MemorySegment segment) {
    if (segment.byteSize() != run.shape().size() * Float.BYTES || !segment.isNative()) {
      throw new IllegalArgumentException(
          "Tensor "
              + run.name()
              + " needs native memory of "
              + run.shape().size() * Float.BYTES
              + " bytes, but was given "
              + segment);
    }
  }

  private void start(TensorRun run, MemorySegment weight, MemorySegment gradient) {
    List<StateTensor> unstarted = toStart.getOrDefault(run, List.of());
    if (!unstarted.isEmpty()) {
      run.allocate(Facts.WEIGHT, weight);
      run.allocate(Facts.GRADIENT, gradient);
      var initial = new LinkedHashMap<Slot, Expression>();
      unstarted.forEach(state -> initial.put(state.state().old(), state.state().initial()));
      run.start(initial);
      unstarted.clear();
    }
  }

  private boolean isFinite() {
    return present.isEmpty() || Double.isFinite(modelFolds.value(Gate.NAME));
  }

  private OptionalInt firstNotFinite() {
    int depth = waves.of(Gate.NAME);
    return present.stream()
        .filter(run -> !Double.isFinite(run.execution().modelPart(gatePart(run), depth)))
        .mapToInt(TensorRun::index)
        .findFirst();
  }

  private static Expression gatePart(TensorRun run) {
    var fold = run.modelFold(Gate.NAME);
    return fold == null ? Gate.SUM_OF_SQUARES.operand() : fold.operand();
  }

  private List<Map<String, Double>> measured() {
    var measured = new ArrayList<Map<String, Double>>();
    tensors.forEach(
        run -> measured.add(present.contains(run) ? run.execution().measured() : Map.of()));
    return measured;
  }

  double fact(Fact fact, int tensor) {
    return facts.value(fact, tensor);
  }

  ModelFolds modelFolds() {
    return modelFolds;
  }

  float[] lanes(int worker) {
    return lanes[worker];
  }

  CompiledPlan compile(Goal goal) {
    return plans.computeIfAbsent(goal, g -> new CompiledPlan(Planner.plan(g, waves), kernels));
  }

  @Override
  public List<StateTensor> states() {
    return List.copyOf(states);
  }

  @Override
  public void markRestored(StateTensor state) {
    toStart.values().forEach(unstarted -> unstarted.remove(state));
  }

  @Override
  public int bytesPerValue() {
    return Float.BYTES;
  }

  @Override
  public void close() {
    workers.close();
    arena.close();
  }
}

package dev.gradus.engine;

import dev.gradus.UserException;
import dev.gradus.equation.Equations;
import dev.gradus.equation.Expression;
import dev.gradus.equation.Format;
import dev.gradus.equation.ModelFold;
import dev.gradus.equation.Slot;
import dev.gradus.equation.State;
import dev.gradus.plan.Goal;
import dev.gradus.plan.Plan;
import dev.gradus.plan.Planner;
import dev.gradus.plan.Residence;
import dev.gradus.plan.Waves;
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
import java.util.stream.Stream;

/**
 * Planned passes over native memory in single precision; scalars in double. Weights and gradients
 * are native memory of floats. After warm-up a step that is not measured allocates nothing.
 */
public final class NativeEngine implements Engine {
  /** A plan that some tensor needs. */
  private record Wanted(Goal goal, Residence residence) {}

  private static final long ALIGNMENT = 64;
  private static final long MOST_ROWS = 1L << 27;

  /** How many weights make a unit of work. */
  final int unit;

  private final Arena arena = Arena.ofShared();
  private final KernelSource kernels;
  private final boolean checkFinite;
  private final Waves waves;
  private final ModelFolds modelFolds;
  private final int[] waveDepths;
  private final List<Workspace> workspaces;
  private final States states = new States();
  private final List<TensorRun> tensors = new ArrayList<>();
  private final List<TensorRun> present = new ArrayList<>();
  private final Map<Wanted, CompiledPlan> plans = new HashMap<>();
  private final WorkerPool workers;
  private final Stretch stretch;
  private StepFacts facts = (fact, tensor) -> Double.NaN;

  /**
   * An engine for some tensors.
   *
   * @param tensors the tensors and their equations
   * @param threads how many threads share the work, the caller's included, at least 1
   * @param checkFinite whether a gradient that is not finite leaves everything unchanged; it costs
   *     a pass over the gradients unless the pipeline has one of its own
   * @throws UserException if groups fold over the model in ways that don't fit together, or a
   *     tensor has more rows than can be counted
   */
  public NativeEngine(List<TensorEquations> tensors, int threads, boolean checkFinite) {
    this(tensors, threads, checkFinite, KernelSource.best(), Layout.UNIT);
  }

  NativeEngine(
      List<TensorEquations> all, int threads, boolean checkFinite, KernelSource kernels, int unit) {
    this.kernels = kernels;
    this.unit = unit;
    this.checkFinite = checkFinite;
    all.forEach(NativeEngine::requireCountableRows);
    List<Kind> kinds = kinds(all);
    List<Goal> goals = kinds.stream().map(Kind::goal).distinct().toList();
    waves = new Waves(goals);
    modelFolds = new ModelFolds(goals, waves);
    waveDepths = modelFolds.depths();
    workspaces = Stream.generate(Workspace::new).limit(threads).toList();
    for (int i = 0; i < all.size(); i++) {
      add(i, all.get(i), kinds.get(i));
    }
    workers = new WorkerPool(threads);
    stretch = new Stretch(workers, workspaces, unit);
  }

  private static void requireCountableRows(TensorEquations tensor) {
    if (tensor.shape().rows() > MOST_ROWS) {
      throw new UserException(
          "Parameter '%s' has %d rows, but an optimizer can count %d; split it."
              .formatted(tensor.name(), tensor.shape().rows(), MOST_ROWS));
    }
  }

  /** The kind of each tensor. */
  private List<Kind> kinds(List<TensorEquations> tensors) {
    record Form(Equations equations, Residence residence, Format format) {}
    var known = new HashMap<Form, Kind>();
    return tensors.stream()
        .map(t -> new Form(t.equations(), Workspace.residence(t.shape()), t.format()))
        .map(
            form ->
                known.computeIfAbsent(form, f -> kind(f.equations(), f.residence(), f.format())))
        .toList();
  }

  private Kind kind(Equations equations, Residence residence, Format format) {
    Goal quiet = goal(equations, new LinkedHashMap<>(), format);
    Goal measuring = goal(equations, equations.measured(), format);
    return Kind.of(quiet, measuring, goal -> compile(goal, residence));
  }

  private Goal goal(Equations equations, SequencedMap<String, Expression> measured, Format format) {
    var gate = checkFinite ? Optional.of(Gate.SUM_OF_SQUARES) : Optional.<ModelFold>empty();
    return Rewrites.rewrite(new Goal(equations.next(), measured, gate, format));
  }

  private void add(int index, TensorEquations tensor, Kind kind) {
    var run = new TensorRun(index, tensor, this, kind);
    for (State state : tensor.equations().states().keySet()) {
      StateTensor memory = allocate(tensor, state);
      run.keep(memory);
      states.add(memory);
    }
    tensors.add(run);
  }

  private StateTensor allocate(TensorEquations tensor, State state) {
    long count = tensor.shape().count(state.level());
    if (state.level().isScalar()) {
      var numbers = MemorySegment.ofArray(new double[Math.toIntExact(count)]);
      return StateTensor.of(tensor, state, numbers, Double.BYTES);
    }
    MemorySegment numbers = arena.allocate(Math.multiplyExact(count, Float.BYTES), ALIGNMENT);
    return StateTensor.of(tensor, state, numbers, Float.BYTES);
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
        return Outcome.notFinite(firstNotFinite(depth));
      }
    }
    stretch.run(present, pass, Integer.MAX_VALUE);
    for (int i = 0; i < present.size(); i++) {
      finish(present.get(i));
    }
    return measure ? new Outcome(OptionalInt.empty(), measured()) : Outcome.ACCEPTED;
  }

  private void begin(Tensors memory, boolean measure) {
    present.clear();
    for (int i = 0; i < tensors.size(); i++) {
      MemorySegment gradient = memory.gradient(i);
      if (gradient != null) {
        begin(tensors.get(i), memory.weight(i), gradient, measure);
      }
    }
  }

  private void begin(TensorRun run, MemorySegment weight, MemorySegment gradient, boolean measure) {
    requireUsable(run, gradient);
    giveInitialStates(run, weight, gradient);
    run.begin(measure);
    present.add(run);
  }

  private void giveInitialStates(TensorRun run, MemorySegment weight, MemorySegment gradient) {
    requireUsable(run, weight);
    if (weight.isReadOnly()) {
      throw run.refused("can't be written", weight);
    }
    run.give(weight, gradient);
    SequencedMap<Slot, Expression> initial = states.initial(run.states());
    if (!initial.isEmpty()) {
      run.set(initial);
    }
  }

  @Override
  public void act(List<Equations> actions, Tensors memory, StepFacts stepFacts) {
    facts = stepFacts;
    for (int i = 0; i < actions.size(); i++) {
      TensorRun run = tensors.get(i);
      MemorySegment weight = memory.weight(i);
      giveInitialStates(run, weight, weight);
      var goal = new Goal(actions.get(i).next(), new LinkedHashMap<>(), Optional.empty());
      run.set(Rewrites.rewrite(goal).next());
      run.states().forEach(states::markValued);
    }
  }

  /** What a pass would stumble over half-way is refused before the first. */
  private void requireUsable(TensorRun run, MemorySegment memory) {
    run.requireSize(memory);
    if (!memory.isNative()) {
      throw run.refused("lies on the Java heap", memory);
    }
    if (!memory.scope().isAlive()) {
      throw run.refused("has been freed", memory);
    }
    if (!workers.canAccess(memory)) {
      throw run.refused("may not be used by every thread of the optimizer", memory);
    }
  }

  private void finish(TensorRun run) {
    run.execution().finish();
    for (int i = 0; i < run.states().size(); i++) {
      states.markValued(run.states().get(i));
    }
  }

  private boolean isFinite() {
    return Double.isFinite(modelFolds.value(Gate.NAME));
  }

  private int firstNotFinite(int depth) {
    return present.stream()
        .filter(run -> !Double.isFinite(run.modelPart(Gate.NAME, depth)))
        .mapToInt(TensorRun::index)
        .findFirst()
        .orElseThrow();
  }

  private List<Map<String, Double>> measured() {
    var measured =
        new ArrayList<Map<String, Double>>(Collections.nCopies(tensors.size(), Map.of()));
    present.forEach(run -> measured.set(run.index(), run.execution().measured()));
    return measured;
  }

  StepFacts facts() {
    return facts;
  }

  ModelFolds modelFolds() {
    return modelFolds;
  }

  /** The calling thread's. */
  Workspace workspace() {
    return workspaces.getFirst();
  }

  CompiledPlan compile(Goal goal, Residence residence) {
    return plans.computeIfAbsent(new Wanted(goal, residence), this::compile);
  }

  private CompiledPlan compile(Wanted wanted) {
    Plan plan = Planner.plan(wanted.goal(), waves, wanted.residence());
    var compiled = new CompiledPlan(wanted.goal(), plan, kernels);
    workspaces.forEach(workspace -> workspace.provideFor(compiled, arena));
    return compiled;
  }

  @Override
  public List<StateTensor> states() {
    return states.all();
  }

  @Override
  public boolean hasValue(StateTensor state) {
    return states.hasValue(state);
  }

  @Override
  public void markValued(StateTensor state) {
    states.markValued(state);
  }

  @Override
  public void restart(StateTensor state) {
    states.restart(state);
  }

  @Override
  public int bytesPerValue() {
    return Float.BYTES;
  }

  @Override
  public void close() {
    if (arena.scope().isAlive()) {
      workers.close();
      arena.close();
    }
  }
}

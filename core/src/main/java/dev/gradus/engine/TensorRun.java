package dev.gradus.engine;

import dev.gradus.equation.Expression;
import dev.gradus.equation.Fact;
import dev.gradus.equation.Facts;
import dev.gradus.equation.ModelFold;
import dev.gradus.equation.Shape;
import dev.gradus.equation.Slot;
import dev.gradus.plan.Goal;
import dev.gradus.plan.Residence;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/** One tensor of a native engine: its memory, and its plan for the choices of the current step. */
final class TensorRun {
  /** The plan for one combination of choices. */
  private record Variant(long choices, boolean measure, Execution execution) {}

  private final int index;
  private final TensorEquations tensor;
  private final NativeEngine engine;
  private final List<StateTensor> states = new ArrayList<>();
  private final Map<Slot, MemorySegment> memory = new HashMap<>();
  private final Unconfined weights = new Unconfined();
  private final Unconfined gradients = new Unconfined();
  private final Kind kind;
  private final ScalarMemory quiet;
  private final ScalarMemory measuring;
  private final List<Variant> variants = new ArrayList<>();
  private @Nullable Variant current;

  TensorRun(int index, TensorEquations tensor, NativeEngine engine, Kind kind) {
    this.index = index;
    this.tensor = tensor;
    this.engine = engine;
    this.kind = kind;
    quiet = kind.quiet().memory(this);
    measuring = kind.measuring().memory(this);
  }

  int index() {
    return index;
  }

  String name() {
    return tensor.name();
  }

  Shape shape() {
    return tensor.shape();
  }

  /** The number of weights. */
  long size() {
    return tensor.shape().size();
  }

  void keep(StateTensor state) {
    states.add(state);
    memory.put(state.state().old(), state.values());
  }

  List<StateTensor> states() {
    return states;
  }

  void requireSize(MemorySegment segment) {
    tensor.requireSize(segment, tensor.format().bytes());
  }

  IllegalArgumentException refused(String fault, MemorySegment segment) {
    return tensor.refused(fault, segment);
  }

  void give(MemorySegment weight, MemorySegment gradient) {
    memory.put(Facts.WEIGHT, weights.of(weight));
    memory.put(Facts.GRADIENT, gradients.of(gradient));
  }

  MemorySegment memory(Slot slot) {
    MemorySegment segment = memory.get(slot);
    if (segment == null) {
      throw new IllegalStateException("Tensor " + name() + " has no slot " + slot);
    }
    return segment;
  }

  double fact(Fact fact) {
    return tensor.fact(fact, index, engine.facts());
  }

  int unit() {
    return engine.unit;
  }

  double model(String fold) {
    return engine.modelFolds().value(fold);
  }

  void begin(boolean measure) {
    Choices choices = kind.choices(measure);
    current = variant(choices, choices.current(measure ? measuring : quiet), measure);
    current.execution().begin();
  }

  Execution execution() {
    if (current == null) {
      throw new IllegalStateException("Tensor " + name() + " is not in a step");
    }
    return current.execution();
  }

  boolean carries(String fold) {
    return execution().modelFolds().containsKey(fold);
  }

  /** This tensor's part of a fold over the model whose depth has been reached. */
  double modelPart(String fold, int depth) {
    ModelFold carried = execution().modelFolds().get(fold);
    if (carried == null) {
      throw new IllegalStateException("Tensor " + name() + " has no part of " + fold);
    }
    return execution().modelPart(carried.operand(), depth);
  }

  /** Gives slots values made of what slots hold now, outside of any step. */
  void set(SequencedMap<Slot, Expression> values) {
    var goal = new Goal(values, new LinkedHashMap<>(), Optional.empty(), tensor.format());
    var execution = new Execution(engine.compile(goal, Residence.MEMORY), this);
    execution.begin();
    execution.run(0, execution.passes(), engine.workspace());
    execution.finish();
  }

  private Variant variant(Choices choices, long current, boolean measure) {
    for (int i = 0; i < variants.size(); i++) {
      Variant known = variants.get(i);
      if (known.choices() == current && known.measure() == measure) {
        return known;
      }
    }
    var execution = new Execution(choices.plan(current), this);
    var created = new Variant(current, measure, execution);
    variants.add(created);
    return created;
  }
}

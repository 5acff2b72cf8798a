package dev.gradus.engine;

import dev.gradus.equation.Expression;
import dev.gradus.equation.Fact;
import dev.gradus.equation.Facts;
import dev.gradus.equation.ModelFold;
import dev.gradus.equation.Shape;
import dev.gradus.equation.Slot;
import dev.gradus.plan.Goal;
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
  private record Variant(
      long choices, boolean measure, Execution execution, Map<String, ModelFold> modelFolds) {}

  private final int index;
  private final TensorEquations tensor;
  private final NativeEngine engine;
  private final List<StateTensor> states = new ArrayList<>();
  private final Map<Slot, MemorySegment> memory = new HashMap<>();
  private final Choices quiet;
  private final Choices measuring;
  private final List<Variant> variants = new ArrayList<>();
  private @Nullable Variant current;

  TensorRun(int index, TensorEquations tensor, NativeEngine engine, Goal quiet, Goal measuring) {
    this.index = index;
    this.tensor = tensor;
    this.engine = engine;
    this.quiet = new Choices(quiet, this);
    this.measuring = new Choices(measuring, this);
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
    tensor.requireSize(segment, Float.BYTES);
  }

  IllegalArgumentException refused(String fault, MemorySegment segment) {
    return tensor.refused(fault, segment);
  }

  void give(MemorySegment weight, MemorySegment gradient) {
    memory.put(Facts.WEIGHT, weight);
    memory.put(Facts.GRADIENT, gradient);
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

  double model(String fold) {
    return engine.modelFolds().value(fold);
  }

  void begin(boolean measure) {
    long choices = (measure ? measuring : quiet).current();
    current = variant(choices, measure);
    current.execution().begin();
  }

  Execution execution() {
    return variant().execution();
  }

  boolean carries(String fold) {
    return variant().modelFolds().containsKey(fold);
  }

  /** This tensor's part of a fold over the model whose depth has been reached. */
  double modelPart(String fold, int depth) {
    ModelFold carried = variant().modelFolds().get(fold);
    if (carried == null) {
      throw new IllegalStateException("Tensor " + name() + " has no part of " + fold);
    }
    return execution().modelPart(carried.operand(), depth);
  }

  /** Gives slots their initial values, which may depend on the weight. */
  void start(SequencedMap<Slot, Expression> initial) {
    var goal = new Goal(initial, new LinkedHashMap<>(), Optional.empty());
    var execution = new Execution(engine.compile(goal), this);
    execution.begin();
    execution.run(0, execution.passes(), engine.lanes(0));
    execution.finish();
  }

  private Variant variant() {
    if (current == null) {
      throw new IllegalStateException("Tensor " + name() + " is not in a step");
    }
    return current;
  }

  private Variant variant(long choices, boolean measure) {
    for (int i = 0; i < variants.size(); i++) {
      Variant known = variants.get(i);
      if (known.choices() == choices && known.measure() == measure) {
        return known;
      }
    }
    Goal goal = (measure ? measuring : quiet).goal(choices);
    var execution = new Execution(engine.compile(goal), this);
    var created = new Variant(choices, measure, execution, goal.modelFolds());
    variants.add(created);
    return created;
  }
}

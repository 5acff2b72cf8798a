package dev.gradus.djl.array;

import static java.lang.foreign.ValueLayout.JAVA_DOUBLE;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import dev.gradus.engine.StateTensor;
import dev.gradus.engine.StepFacts;
import dev.gradus.engine.TensorEquations;
import dev.gradus.equation.Fact;
import dev.gradus.equation.Facts;
import dev.gradus.equation.Level;
import dev.gradus.equation.Slot;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** One tensor of an engine: its states, and during a step its weight and gradient. */
final class ArrayTensor {
  private final int index;
  private final TensorEquations tensor;
  private final Tasks quiet;
  private final Tasks measuring;
  private final List<StateTensor> states = new ArrayList<>();
  private final Map<Slot, NDArray> arrays = new HashMap<>();
  private final Map<Slot, MemorySegment> numbers = new HashMap<>();
  private final List<Bound> bound = new ArrayList<>();

  ArrayTensor(int index, TensorEquations tensor, Tasks quiet, Tasks measuring) {
    this.index = index;
    this.tensor = tensor;
    this.quiet = quiet;
    this.measuring = measuring;
  }

  int index() {
    return index;
  }

  Tasks tasks(boolean measure) {
    return measure ? measuring : quiet;
  }

  int rows() {
    return Math.toIntExact(tensor.shape().rows());
  }

  Shape matrix() {
    return new Shape(tensor.shape().rows(), tensor.shape().columns());
  }

  /** Takes up a state of a few numbers. */
  void keep(StateTensor state) {
    states.add(state);
    numbers.put(state.state().old(), state.values());
  }

  /** Takes up a state with a number for every weight. */
  void keep(StateTensor state, NDArray array) {
    states.add(state);
    arrays.put(state.state().old(), array);
  }

  List<StateTensor> states() {
    return states;
  }

  /** Gives a slot the caller's array until {@link #release()}. */
  void bind(Slot slot, NDArray array, DataType type) {
    if (array.size() != tensor.shape().size()) {
      throw new IllegalArgumentException(
          "The %s given for tensor '%s' of shape %s is an array of shape %s."
              .formatted(
                  slot.name(), tensor.name(), tensor.shape().dimensions(), array.getShape()));
    }
    var one = new Bound(array, matrix(), type);
    bound.add(one);
    arrays.put(slot, one.matrix());
  }

  /** Brings results back to the caller's weight. */
  void writeBack() {
    bound.getFirst().writeBack();
  }

  void release() {
    bound.forEach(Bound::close);
    bound.clear();
    arrays.remove(Facts.WEIGHT);
    arrays.remove(Facts.GRADIENT);
  }

  NDArray array(Slot slot) {
    NDArray array = arrays.get(slot);
    if (array == null) {
      throw new IllegalStateException("Tensor " + tensor.name() + " has no slot " + slot);
    }
    return array;
  }

  double[] numbers(Slot slot) {
    MemorySegment memory = numbers.get(slot);
    if (memory == null) {
      throw new IllegalStateException("Tensor " + tensor.name() + " has no slot " + slot);
    }
    return memory.toArray(JAVA_DOUBLE);
  }

  void store(Slot slot, double[] values) {
    MemorySegment memory = numbers.get(slot);
    int count = slot.level() == Level.ROW ? rows() : 1;
    for (int i = 0; memory != null && i < count; i++) {
      memory.setAtIndex(JAVA_DOUBLE, i, values[values.length == 1 ? 0 : i]);
    }
  }

  double fact(Fact fact, StepFacts host) {
    return tensor.fact(fact, index, host);
  }
}

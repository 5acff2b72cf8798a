package dev.gradus.engine;

import static java.lang.foreign.ValueLayout.JAVA_DOUBLE;

import dev.gradus.equation.Expression;
import dev.gradus.equation.Facts;
import dev.gradus.equation.Slot;
import dev.gradus.equation.State;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * The pure equations in double: every next value is computed from the old memory, then all memory
 * is replaced. No plan, no pass, no thread. Weights and gradients are native or heap memory of
 * doubles.
 */
public final class ReferenceEngine implements Engine {
  private final List<TensorEquations> tensors;
  private final List<Map<Slot, StateTensor>> states = new ArrayList<>();
  private final Set<StateTensor> started = new HashSet<>();
  private final boolean checkFinite;

  /**
   * An engine for some tensors.
   *
   * @param tensors the tensors and their equations
   * @param checkFinite whether a gradient that is not finite leaves everything unchanged
   */
  public ReferenceEngine(List<TensorEquations> tensors, boolean checkFinite) {
    this.tensors = List.copyOf(tensors);
    this.checkFinite = checkFinite;
    tensors.forEach(tensor -> states.add(allocate(tensor)));
  }

  private static Map<Slot, StateTensor> allocate(TensorEquations tensor) {
    var slots = new LinkedHashMap<Slot, StateTensor>();
    for (State state : tensor.equations().states().keySet()) {
      int count = Math.toIntExact(tensor.shape().count(state.level()));
      slots.put(
          state.old(),
          new StateTensor(
              tensor.name(),
              state,
              StateShape.of(tensor.shape(), state.level()),
              MemorySegment.ofArray(new double[count]),
              Double.BYTES));
    }
    return slots;
  }

  @Override
  public Outcome step(Tensors memory, StepFacts facts, boolean measure) {
    List<Values> values = values(memory, facts);
    values.forEach(this::giveInitialStates);
    OptionalInt notFinite = checkFinite ? firstNotFinite(values) : OptionalInt.empty();
    if (notFinite.isPresent()) {
      return Outcome.notFinite(notFinite.getAsInt());
    }
    var measured = new ArrayList<Map<String, Double>>();
    var replacements = new ArrayList<Runnable>();
    values.forEach(tensor -> measured.add(measure ? measure(tensor) : Map.of()));
    values.forEach(tensor -> replacements.addAll(replacements(tensor, memory)));
    replacements.forEach(Runnable::run);
    return new Outcome(OptionalInt.empty(), measured);
  }

  private List<Values> values(Tensors memory, StepFacts facts) {
    var present = new ArrayList<Values>();
    for (int i = 0; i < tensors.size(); i++) {
      MemorySegment gradient = memory.gradient(i);
      if (gradient != null) {
        var slots = new HashMap<Slot, double[]>();
        slots.put(Facts.WEIGHT, memory.weight(i).toArray(JAVA_DOUBLE));
        slots.put(Facts.GRADIENT, gradient.toArray(JAVA_DOUBLE));
        states.get(i).forEach((slot, s) -> slots.put(slot, s.values().toArray(JAVA_DOUBLE)));
        present.add(new Values(i, tensors.get(i), slots, facts, present));
      }
    }
    return present;
  }

  private void giveInitialStates(Values tensor) {
    states
        .get(tensor.index())
        .forEach(
            (slot, memory) -> {
              if (started.add(memory)) {
                double[] initial = tensor.full(memory.state().initial(), slot.level());
                tensor.replace(slot, initial);
                copy(initial, memory.values());
              }
            });
  }

  private static OptionalInt firstNotFinite(List<Values> present) {
    return present.stream()
        .filter(tensor -> !Double.isFinite(tensor.of(Gate.SUM_OF_SQUARES.operand())[0]))
        .mapToInt(Values::index)
        .findFirst();
  }

  private static Map<String, Double> measure(Values tensor) {
    var measured = new LinkedHashMap<String, Double>();
    tensor
        .equations()
        .measured()
        .forEach((name, expression) -> measured.put(name, tensor.of(expression)[0]));
    return measured;
  }

  private List<Runnable> replacements(Values tensor, Tensors memory) {
    var replacements = new ArrayList<Runnable>();
    for (Map.Entry<Slot, Expression> next : tensor.equations().next().entrySet()) {
      Slot slot = next.getKey();
      double[] value = tensor.full(next.getValue(), slot.level());
      StateTensor state = states.get(tensor.index()).get(slot);
      MemorySegment to = state == null ? memory.weight(tensor.index()) : state.values();
      replacements.add(() -> copy(value, to));
    }
    return replacements;
  }

  private static void copy(double[] from, MemorySegment to) {
    MemorySegment.copy(from, 0, to, JAVA_DOUBLE, 0, from.length);
  }

  @Override
  public List<StateTensor> states() {
    return IntStream.range(0, tensors.size())
        .boxed()
        .flatMap(i -> states.get(i).values().stream())
        .toList();
  }

  @Override
  public void markRestored(StateTensor state) {
    started.add(state);
  }

  @Override
  public int bytesPerValue() {
    return Double.BYTES;
  }

  @Override
  public void close() {}
}

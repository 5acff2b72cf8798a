package dev.gradus.engine;

import static java.lang.foreign.ValueLayout.JAVA_DOUBLE;

import dev.gradus.equation.Equations;
import dev.gradus.equation.Expression;
import dev.gradus.equation.Facts;
import dev.gradus.equation.Slot;
import dev.gradus.equation.State;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.SequencedMap;

/**
 * The pure equations in double: every next value is computed from the old memory, then all memory
 * is replaced. No plan, no pass, no thread. Weights and gradients are native or heap memory of
 * doubles.
 */
public final class ReferenceEngine implements Engine {
  private final List<TensorEquations> tensors;
  private final List<SequencedMap<Slot, StateTensor>> slots = new ArrayList<>();
  private final States states = new States();
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
    tensors.forEach(tensor -> slots.add(allocate(tensor)));
    slots.forEach(tensor -> tensor.values().forEach(states::add));
  }

  private static SequencedMap<Slot, StateTensor> allocate(TensorEquations tensor) {
    var slots = new LinkedHashMap<Slot, StateTensor>();
    for (State state : tensor.equations().states().keySet()) {
      int count = Math.toIntExact(tensor.shape().count(state.level()));
      var numbers = MemorySegment.ofArray(new double[count]);
      slots.put(state.old(), StateTensor.of(tensor, state, numbers, Double.BYTES));
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
    var measured =
        new ArrayList<Map<String, Double>>(Collections.nCopies(tensors.size(), Map.of()));
    var replacements = new ArrayList<Runnable>();
    if (measure) {
      values.forEach(tensor -> measured.set(tensor.index(), measure(tensor)));
    }
    values.forEach(tensor -> replacements.addAll(replacements(tensor, memory)));
    replacements.forEach(Runnable::run);
    values.forEach(tensor -> slots.get(tensor.index()).values().forEach(states::markValued));
    return new Outcome(OptionalInt.empty(), measured);
  }

  @Override
  public void act(List<Equations> actions, Tensors memory, StepFacts facts) {
    for (int i = 0; i < actions.size(); i++) {
      TensorEquations tensor = tensors.get(i);
      var acting =
          new TensorEquations(tensor.name(), tensor.shape(), actions.get(i), tensor.format());
      var values = new Values(i, acting, old(i, memory), facts, List.of());
      giveInitialStates(values);
      replacements(values, memory).forEach(Runnable::run);
      slots.get(i).values().forEach(states::markValued);
    }
  }

  private List<Values> values(Tensors memory, StepFacts facts) {
    var present = new ArrayList<Values>();
    for (int i = 0; i < tensors.size(); i++) {
      MemorySegment gradient = memory.gradient(i);
      if (gradient != null) {
        Map<Slot, double[]> old = old(i, memory);
        old.put(Facts.GRADIENT, read(tensors.get(i), gradient));
        present.add(new Values(i, tensors.get(i), old, facts, present));
      }
    }
    return present;
  }

  private Map<Slot, double[]> old(int tensor, Tensors memory) {
    var old = new HashMap<Slot, double[]>();
    old.put(Facts.WEIGHT, read(tensors.get(tensor), memory.weight(tensor)));
    slots.get(tensor).forEach((slot, state) -> old.put(slot, state.values().toArray(JAVA_DOUBLE)));
    return old;
  }

  private static double[] read(TensorEquations tensor, MemorySegment memory) {
    tensor.requireSize(memory, Double.BYTES);
    return memory.toArray(JAVA_DOUBLE);
  }

  private void giveInitialStates(Values tensor) {
    SequencedMap<Slot, StateTensor> own = slots.get(tensor.index());
    states
        .initial(own.values())
        .forEach((slot, initial) -> tensor.replace(slot, tensor.full(initial, slot.level())));
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
      double[] value = tensor.next(slot, next.getValue());
      StateTensor state = slots.get(tensor.index()).get(slot);
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
    return Double.BYTES;
  }

  @Override
  public void close() {}
}

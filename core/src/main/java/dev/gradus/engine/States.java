package dev.gradus.engine;

import dev.gradus.equation.Constant;
import dev.gradus.equation.Expression;
import dev.gradus.equation.Slot;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.Set;

/**
 * The states of an engine. One that does not start at 0 awaits its initial value until its tensor
 * takes a step, because the value may depend on the weight.
 */
public final class States {
  private final List<StateTensor> all = new ArrayList<>();
  private final Set<StateTensor> awaiting = Collections.newSetFromMap(new IdentityHashMap<>());

  /** No states yet. */
  public States() {}

  /**
   * Adds a state whose memory is 0.
   *
   * @param state the state
   */
  public void add(StateTensor state) {
    all.add(state);
    if (!startsAtZero(state)) {
      awaiting.add(state);
    }
  }

  /**
   * Every state.
   *
   * @return the states in the order in which they were added
   */
  public List<StateTensor> all() {
    return List.copyOf(all);
  }

  /**
   * Whether a state's memory holds its value.
   *
   * @param state one of {@link #all()}
   * @return false if it still awaits its initial value
   */
  public boolean hasValue(StateTensor state) {
    return !awaiting.contains(state);
  }

  /**
   * Forgets a state's value.
   *
   * @param state one of {@link #all()}
   */
  public void restart(StateTensor state) {
    state.values().fill((byte) 0);
    if (!startsAtZero(state)) {
      awaiting.add(state);
    }
  }

  /**
   * The initial values that some states still await.
   *
   * @param states the states of a tensor
   * @return for the slot of each that awaits one, its initial value
   */
  public SequencedMap<Slot, Expression> initial(Collection<StateTensor> states) {
    var initial = new LinkedHashMap<Slot, Expression>();
    if (!awaiting.isEmpty()) {
      states.stream()
          .filter(awaiting::contains)
          .forEach(state -> initial.put(state.state().old(), state.state().initial()));
    }
    return initial;
  }

  /**
   * Says that the memory of a state holds its value.
   *
   * @param state one of {@link #all()}
   */
  public void markValued(StateTensor state) {
    if (!awaiting.isEmpty()) {
      awaiting.remove(state);
    }
  }

  private static boolean startsAtZero(StateTensor state) {
    return state.state().initial() instanceof Constant c && c.value() == 0;
  }
}

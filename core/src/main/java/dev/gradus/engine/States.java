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
final class States {
  private final List<StateTensor> all = new ArrayList<>();
  private final Set<StateTensor> awaiting = Collections.newSetFromMap(new IdentityHashMap<>());

  /** Adds a state whose memory is 0. */
  void add(StateTensor state) {
    all.add(state);
    if (!startsAtZero(state)) {
      awaiting.add(state);
    }
  }

  List<StateTensor> all() {
    return List.copyOf(all);
  }

  boolean hasValue(StateTensor state) {
    return !awaiting.contains(state);
  }

  void restart(StateTensor state) {
    state.values().fill((byte) 0);
    if (!startsAtZero(state)) {
      awaiting.add(state);
    }
  }

  /** The initial values that some states still await. */
  SequencedMap<Slot, Expression> initial(Collection<StateTensor> states) {
    var initial = new LinkedHashMap<Slot, Expression>();
    if (!awaiting.isEmpty()) {
      states.stream()
          .filter(awaiting::contains)
          .forEach(state -> initial.put(state.state().old(), state.state().initial()));
    }
    return initial;
  }

  /** Says that the memory of a state holds its value. */
  void markValued(StateTensor state) {
    if (!awaiting.isEmpty()) {
      awaiting.remove(state);
    }
  }

  private static boolean startsAtZero(StateTensor state) {
    return state.state().initial() instanceof Constant c && c.value() == 0;
  }
}

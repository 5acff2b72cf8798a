package dev.gradus.plan;

import dev.gradus.equation.Expression;
import dev.gradus.equation.Expression.Fold;
import dev.gradus.equation.Expression.Slot;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * One way to spread stores over passes: where each slot's final value is stored, and which values
 * are kept meanwhile in the slot they will end in.
 */
final class Attempt {
  /** A store in its pass. */
  record Placed(Store store, int pass) {}

  private final List<Placed> spills;
  private final Map<Slot, Integer> finalPass = new HashMap<>();
  private final Map<Slot, Expression> next;
  private final Map<Fold, Integer> foldPass;

  private Attempt(
      Map<Slot, Expression> next,
      Map<Fold, Integer> foldPass,
      Map<Slot, Integer> earliest,
      List<Placed> spills) {
    this.next = next;
    this.foldPass = foldPass;
    this.finalPass.putAll(earliest);
    this.spills = spills;
  }

  /**
   * Moves every final store to the last pass that still reads its slot's old value.
   *
   * @return nothing if a value is kept in a slot whose old value is still needed, or after its end
   */
  static Optional<Attempt> settle(
      Map<Slot, Expression> next,
      Map<Fold, Integer> foldPass,
      Map<Slot, Integer> earliest,
      List<Placed> spills) {
    var attempt = new Attempt(next, foldPass, earliest, spills);
    while (attempt.spillsPrecedeEnds()) {
      Set<Slot> tooEarly = attempt.lostSlots();
      if (tooEarly.isEmpty()) {
        return Optional.of(attempt);
      }
      if (!attempt.postpone(tooEarly)) {
        return Optional.empty();
      }
    }
    return Optional.empty();
  }

  int passes() {
    int last =
        Stream.concat(finalPass.values().stream(), foldPass.values().stream())
            .mapToInt(Integer::intValue)
            .max()
            .orElse(-1);
    return last + 1;
  }

  int finalPass(Slot slot) {
    return finalPass.getOrDefault(slot, 0);
  }

  int floatsMoved() {
    return IntStream.range(0, passes()).map(p -> loads(p).size() + stores(p).size()).sum();
  }

  Pass pass(int p) {
    return new Pass(held(p), folds(p), stores(p));
  }

  private List<Fold> folds(int p) {
    return foldPass.entrySet().stream()
        .filter(fold -> fold.getValue() == p)
        .map(Map.Entry::getKey)
        .sorted(Comparator.comparingLong(Expression::id))
        .toList();
  }

  List<Store> stores(int p) {
    var stores = new ArrayList<Store>();
    spills.stream().filter(s -> s.pass() == p).map(Placed::store).forEach(stores::add);
    next.forEach(
        (slot, value) -> {
          if (finalPass.getOrDefault(slot, -1) == p) {
            stores.add(new Store(slot, value));
          }
        });
    return stores;
  }

  Set<Slot> loads(int p) {
    var reading = new Reading(held(p));
    roots(p).forEach(reading::visit);
    return reading.loaded;
  }

  /** Whether a value can be computed in a pass without loading anything more. */
  boolean isFree(Expression value, int p) {
    var reading = new Reading(held(p));
    reading.visit(value);
    return reading.lost.isEmpty() && loads(p).containsAll(reading.loaded);
  }

  private Stream<Expression> roots(int p) {
    return Stream.concat(
        folds(p).stream().map(Fold::operand), stores(p).stream().map(Store::value));
  }

  private Map<Expression, Slot> held(int p) {
    var contents = new HashMap<Slot, Expression>();
    for (int earlier = 0; earlier < p; earlier++) {
      stores(earlier).forEach(store -> contents.put(store.slot(), store.value()));
    }
    var held = new HashMap<Expression, Slot>();
    contents.forEach((slot, value) -> held.put(value, slot));
    Reading everything = new Reading(Map.of());
    roots(p).forEach(everything::visit);
    everything.loaded.stream()
        .filter(slot -> !contents.containsKey(slot))
        .forEach(slot -> held.put(slot, slot));
    return held;
  }

  private Set<Slot> lostSlots() {
    var lost = new HashSet<Slot>();
    for (int p = 0; p < passes(); p++) {
      var reading = new Reading(held(p));
      roots(p).forEach(reading::visit);
      lost.addAll(reading.lost);
    }
    return lost;
  }

  private boolean postpone(Set<Slot> slots) {
    for (Slot slot : slots) {
      if (spills.stream().anyMatch(s -> s.store().slot() == slot)) {
        return false;
      }
      finalPass.merge(slot, 1, Integer::sum);
    }
    return true;
  }

  private boolean spillsPrecedeEnds() {
    return spills.stream().allMatch(s -> s.pass() < finalPass(s.store().slot()));
  }

  /** Follows values down to memory. */
  private static final class Reading {
    private final Map<Expression, Slot> held;
    private final Set<Expression> seen = new HashSet<>();
    private final Set<Slot> loaded = new HashSet<>();
    private final Set<Slot> lost = new HashSet<>();

    Reading(Map<Expression, Slot> held) {
      this.held = held;
    }

    void visit(Expression e) {
      if (e.level().isScalar() || !seen.add(e)) {
        return;
      }
      Slot holder = held.get(e);
      if (holder != null) {
        loaded.add(holder);
      } else if (e instanceof Slot slot) {
        loaded.add(slot);
        lost.add(slot);
      } else {
        e.operands().forEach(this::visit);
      }
    }
  }
}

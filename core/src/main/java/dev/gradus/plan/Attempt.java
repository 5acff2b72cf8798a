package dev.gradus.plan;

import dev.gradus.equation.Expression;
import dev.gradus.equation.Fold;
import dev.gradus.equation.Operation;
import dev.gradus.equation.Operator;
import dev.gradus.equation.Slot;
import java.util.ArrayList;
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
  record Placed(Store store, int pass) {
    boolean isScratch() {
      return store.slot() == Plan.SCRATCH;
    }
  }

  /** What a pass reads and computes for some values. */
  private record Reads(Set<Slot> loaded, Set<Slot> lost, Set<Expression> computed) {}

  private final Goal goal;
  private final Map<Fold, Integer> foldPass;
  private final List<Placed> spills;
  private final Map<Slot, Integer> finalPass;
  private final List<Contents> before = new ArrayList<>();
  private final List<List<Store>> stores = new ArrayList<>();
  private final List<Reads> reads = new ArrayList<>();

  private Attempt(
      Goal goal, Map<Fold, Integer> foldPass, Map<Slot, Integer> finalPass, List<Placed> spills) {
    this.goal = goal;
    this.foldPass = foldPass;
    this.finalPass = finalPass;
    this.spills = spills;
    var contents = new Contents();
    for (int p = 0; p <= lastPass(); p++) {
      before.add(contents);
      stores.add(storesOf(p));
      reads.add(follow(contents, roots(p)));
      contents = contents.after(stores.get(p), goal);
    }
  }

  /**
   * Moves every final store to the last pass that still reads its slot's old value.
   *
   * @return nothing if a value is kept in a slot whose old value is still needed, or after its end
   */
  static Optional<Attempt> settle(
      Goal goal, Map<Fold, Integer> foldPass, Map<Slot, Integer> earliest, List<Placed> spills) {
    var finalPass = new HashMap<>(earliest);
    while (spills.stream().allMatch(s -> endsBefore(s, finalPass))) {
      var attempt = new Attempt(goal, foldPass, Map.copyOf(finalPass), spills);
      Map<Slot, Integer> late = attempt.lostIn();
      if (late.isEmpty()) {
        return Optional.of(attempt);
      }
      if (spills.stream().anyMatch(s -> late.containsKey(s.store().slot()))) {
        return Optional.empty();
      }
      finalPass.putAll(late);
    }
    return Optional.empty();
  }

  private static boolean endsBefore(Placed spill, Map<Slot, Integer> finalPass) {
    return spill.isScratch() || spill.pass() < finalPass.getOrDefault(spill.store().slot(), -1);
  }

  int passes() {
    return stores.size();
  }

  boolean hasFreeScratch() {
    return spills.stream().noneMatch(Placed::isScratch);
  }

  int finalPass(Slot slot) {
    return finalPass.getOrDefault(slot, 0);
  }

  int bytesMoved() {
    return IntStream.range(0, passes()).map(this::bytesMoved).sum();
  }

  private int bytesMoved(int p) {
    return Stream.concat(reads.get(p).loaded().stream(), stores.get(p).stream().map(Store::slot))
        .mapToInt(slot -> goal.formatOf(slot).bytes())
        .sum();
  }

  /** How many divisions and roots all passes compute for every weight. */
  int slowOperations() {
    return (int) reads.stream().flatMap(r -> r.computed().stream()).filter(Attempt::isSlow).count();
  }

  static boolean isSlow(Expression e) {
    return e instanceof Operation o
        && !o.level().isScalar()
        && (o.operator() == Operator.DIVIDE || o.operator() == Operator.SQUARE_ROOT);
  }

  Pass pass(int p) {
    var held = new HashMap<Expression, Slot>(before.get(p).holders());
    follow(before.get(p), roots(p)).loaded().stream()
        .filter(slot -> !before.get(p).isOverwritten(slot))
        .forEach(slot -> held.put(slot, slot));
    return new Pass(held, folds(p), stores.get(p));
  }

  /** Whether a value can be computed in a pass without loading anything more. */
  boolean isFree(Expression value, int p) {
    Reads wanted = follow(before.get(p), Stream.of(value));
    return wanted.lost().isEmpty() && reads.get(p).loaded().containsAll(wanted.loaded());
  }

  private int lastPass() {
    return Stream.concat(finalPass.values().stream(), foldPass.values().stream())
        .mapToInt(Integer::intValue)
        .max()
        .orElse(-1);
  }

  private List<Store> storesOf(int p) {
    var result = new ArrayList<Store>();
    spills.stream().filter(s -> s.pass() == p).map(Placed::store).forEach(result::add);
    goal.elementNext()
        .forEach(
            (slot, value) -> {
              if (finalPass.getOrDefault(slot, -1) == p) {
                result.add(new Store(slot, value));
              }
            });
    return result;
  }

  private List<Fold> folds(int p) {
    return foldPass.entrySet().stream()
        .filter(fold -> fold.getValue() == p)
        .map(Map.Entry::getKey)
        .toList();
  }

  private Stream<Expression> roots(int p) {
    return Stream.concat(
        folds(p).stream().map(Fold::operand), stores.get(p).stream().map(Store::value));
  }

  /** For each slot whose old value is gone where it is needed, the last pass that needs it. */
  private Map<Slot, Integer> lostIn() {
    var late = new HashMap<Slot, Integer>();
    for (int p = 0; p < passes(); p++) {
      int pass = p;
      reads.get(p).lost().forEach(slot -> late.put(slot, pass));
    }
    return late;
  }

  private static Reads follow(Contents contents, Stream<Expression> values) {
    var reads = new Reads(new HashSet<>(), new HashSet<>(), new HashSet<>());
    values.forEach(value -> follow(contents, value, reads));
    return reads;
  }

  private static void follow(Contents contents, Expression e, Reads reads) {
    if (e.level().isScalar() || reads.computed().contains(e)) {
      return;
    }
    Slot holder = contents.holders().get(e);
    if (holder != null) {
      reads.loaded().add(holder);
    } else if (e instanceof Slot slot) {
      reads.loaded().add(slot);
      if (contents.isOverwritten(slot)) {
        reads.lost().add(slot);
      }
    } else {
      reads.computed().add(e);
      e.operands().forEach(operand -> follow(contents, operand, reads));
    }
  }
}

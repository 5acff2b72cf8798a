package dev.gradus.engine;

import dev.gradus.equation.Format;
import java.lang.classfile.CodeBuilder;
import java.util.Arrays;
import java.util.HashMap;
import java.util.OptionalInt;
import java.util.function.IntUnaryOperator;

/** What a pass does with one vector of each slot, as code of the method that is being written. */
final class PassBody {
  private final Loop loop;
  private final CodeBuilder code;
  private final VectorCode vectors;
  private final RoundingCode rounding;
  private final Place place;
  private final int[] slots;
  private final int[] inputs;
  private final int[] folds;

  PassBody(Loop loop, CodeBuilder code, Place place) {
    this.loop = loop;
    this.code = code;
    this.vectors = new VectorCode(code);
    this.rounding = new RoundingCode(code);
    this.place = place;
    slots = vectors.locals(loop.slots().size());
    inputs = vectors.locals(loop.inputs());
    folds = vectors.locals(loop.folds().size());
  }

  void begin(int array) {
    for (int i = 0; i < slots.length; i++) {
      code.aload(array).loadConstant(i).aaload().astore(slots[i]);
    }
    if (key().isPresent()) {
      rounding.begin();
    }
  }

  void broadcastScalars(int array) {
    for (int i = 0; i < loop.scalars().size(); i++) {
      code.aload(array).loadConstant(i).faload();
      vectors.broadcast(inputs[i]);
    }
  }

  void broadcastRowScalars(int array, int row) {
    int perRow = loop.rowScalars().size();
    for (int i = 0; i < perRow; i++) {
      code.aload(array).iload(row).loadConstant(perRow).imul().loadConstant(i).iadd();
      code.faload();
      vectors.broadcast(inputs[loop.scalars().size() + i]);
    }
  }

  void startFolds() {
    for (int i = 0; i < folds.length; i++) {
      vectors.start(loop.folds().get(i).combine(), folds[i]);
    }
  }

  void foldsToLanes(int array) {
    for (int i = 0; i < folds.length; i++) {
      vectors.toArray(folds[i], array, at(slots.length + i));
    }
  }

  void foldsFromLanes(int array) {
    for (int i = 0; i < folds.length; i++) {
      vectors.copy(vectors.fromArray(array, at(slots.length + i)), folds[i]);
    }
  }

  private static int at(int vector) {
    return vector * Lanes.SPECIES.length();
  }

  /** Goes to a weight, whose number a local holds, before anything is computed. */
  void goTo(int firstWeight) {
    place.begin(firstWeight);
    key().ifPresent(key -> rounding.goTo(firstWeight, inputs[key]));
  }

  private OptionalInt key() {
    return loop.body().stream()
        .filter(x -> x.code() == Loop.Code.ROUND)
        .mapToInt(Loop.Instruction::b)
        .findFirst();
  }

  /** Loads, computes, folds and stores whole vectors. */
  void computeWhole() {
    int[] values = compute(this::load);
    for (int i = 0; i < folds.length; i++) {
      vectors.fold(loop.folds().get(i), values, folds[i]);
    }
    for (Loop.StoreOutput store : loop.stores()) {
      store(values[store.value()], store.slot());
    }
    if (key().isPresent()) {
      rounding.advance();
    }
  }

  private int load(int slot) {
    int offset = place.offset(format(slot));
    if (format(slot) == Format.FLOAT32) {
      return vectors.load(slots[slot], offset);
    }
    rounding.load(slots[slot], offset);
    return vectors.keep();
  }

  private void store(int value, int slot) {
    int offset = place.offset(format(slot));
    if (format(slot) == Format.FLOAT32) {
      vectors.store(value, slots[slot], offset);
    } else {
      rounding.store(value, slots[slot], offset);
    }
  }

  private Format format(int slot) {
    return loop.formats().get(slot);
  }

  /** The same for the first lanes only, by way of the array. */
  void computeFirst(int count, int array) {
    int mask = vectors.maskOfFirst(count);
    for (int i = 0; i < slots.length; i++) {
      if (isLoaded(i)) {
        int offset = place.offset(format(i));
        vectors.loadFirst(format(i), slots[i], offset, count, array, at(i));
      }
    }
    int[] values = compute(slot -> vectors.fromArray(array, at(slot)));
    for (int i = 0; i < folds.length; i++) {
      vectors.fold(loop.folds().get(i), values, folds[i], mask);
    }
    for (Loop.StoreOutput store : loop.stores()) {
      int slot = store.slot();
      int offset = place.offset(format(slot));
      vectors.toArray(values[store.value()], array, at(slot));
      vectors.storeFirst(format(slot), slots[slot], offset, count, array, at(slot));
    }
  }

  private boolean isLoaded(int slot) {
    return loop.body().stream().anyMatch(x -> x.code() == Loop.Code.LOAD && x.a() == slot);
  }

  private int[] compute(IntUnaryOperator load) {
    int[] values = Arrays.copyOf(inputs, inputs.length + loop.body().size());
    var comparisons = new HashMap<Integer, Integer>();
    for (int i = 0; i < loop.body().size(); i++) {
      Loop.Instruction x = loop.body().get(i);
      int number = inputs.length + i;
      values[number] =
          switch (x.code()) {
            case LOAD -> load.applyAsInt(x.a());
            case ROUND -> round(values[x.a()]);
            default -> vectors.compute(x, number, values, comparisons);
          };
    }
    return values;
  }

  private int round(int value) {
    rounding.round(value);
    return vectors.keep();
  }

  /** Leaves the total of a fold's lanes on the stack. */
  void reduce(int fold, int array) {
    vectors.reduce(loop.folds().get(fold).combine(), array, at(slots.length + fold));
  }
}

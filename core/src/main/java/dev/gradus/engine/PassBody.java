package dev.gradus.engine;

import java.lang.classfile.CodeBuilder;
import java.util.Arrays;
import java.util.HashMap;
import java.util.function.IntUnaryOperator;

/** What a pass does with one vector of each slot, as code of the method that is being written. */
final class PassBody {
  private final Loop loop;
  private final CodeBuilder code;
  private final VectorCode vectors;
  private final int[] slots;
  private final int[] inputs;
  private final int[] folds;

  PassBody(Loop loop, CodeBuilder code) {
    this.loop = loop;
    this.code = code;
    this.vectors = new VectorCode(code);
    slots = vectors.locals(loop.slots().size());
    inputs = vectors.locals(loop.inputs());
    folds = vectors.locals(loop.folds().size());
  }

  void loadSlots(int array) {
    for (int i = 0; i < slots.length; i++) {
      code.aload(array).loadConstant(i).aaload().astore(slots[i]);
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

  /** Loads, computes, folds and stores whole vectors. */
  void computeWhole(int offset) {
    int[] values = compute(slot -> vectors.load(slots[slot], offset));
    for (int i = 0; i < folds.length; i++) {
      vectors.fold(loop.folds().get(i), values, folds[i]);
    }
    for (Loop.StoreOutput store : loop.stores()) {
      vectors.store(values[store.value()], slots[store.slot()], offset);
    }
  }

  /** The same for the first lanes only, by way of the array. */
  void computeFirst(int count, int offset, int array) {
    int mask = vectors.maskOfFirst(count);
    for (int i = 0; i < slots.length; i++) {
      if (isLoaded(i)) {
        vectors.loadFirst(slots[i], offset, count, array, at(i));
      }
    }
    int[] values = compute(slot -> vectors.fromArray(array, at(slot)));
    for (int i = 0; i < folds.length; i++) {
      vectors.fold(loop.folds().get(i), values, folds[i], mask);
    }
    for (Loop.StoreOutput store : loop.stores()) {
      vectors.toArray(values[store.value()], array, at(store.slot()));
      vectors.storeFirst(slots[store.slot()], offset, count, array, at(store.slot()));
    }
  }

  private boolean isLoaded(int slot) {
    return loop.body().stream().anyMatch(x -> x.code() == Loop.Code.LOAD && x.a() == slot);
  }

  private int[] compute(IntUnaryOperator load) {
    int[] values = Arrays.copyOf(inputs, inputs.length + loop.body().size());
    var comparisons = new HashMap<Integer, Integer>();
    for (int i = 0; i < loop.body().size(); i++) {
      Loop.Instruction instruction = loop.body().get(i);
      values[inputs.length + i] =
          instruction.code() == Loop.Code.LOAD
              ? load.applyAsInt(instruction.a())
              : vectors.compute(instruction, inputs.length + i, values, comparisons);
    }
    return values;
  }

  /** Leaves the total of a fold's lanes on the stack. */
  void reduce(int fold, int array) {
    vectors.reduce(loop.folds().get(fold).combine(), array, at(slots.length + fold));
  }
}

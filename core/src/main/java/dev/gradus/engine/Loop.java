package dev.gradus.engine;

import dev.gradus.equation.Combine;
import dev.gradus.equation.Expression;
import dev.gradus.equation.Format;
import dev.gradus.equation.Slot;
import java.util.List;

/**
 * The body of a pass as straight-line code over numbered values. Values are numbered from 0: first
 * the scalars, then the scalars per row, then the results of the instructions in order.
 *
 * @param slots the memory the pass touches
 * @param formats how each slot's numbers lie in memory
 * @param scalars scalars, the same for the whole tensor
 * @param rowScalars scalars per row
 * @param body the instructions
 * @param folds what is folded per segment, and how
 * @param stores what is written where
 */
record Loop(
    List<Slot> slots,
    List<Format> formats,
    List<Expression> scalars,
    List<Expression> rowScalars,
    List<Instruction> body,
    List<FoldOutput> folds,
    List<StoreOutput> stores) {

  /** What an instruction does. */
  enum Code {
    LOAD,
    ADD,
    SUBTRACT,
    MULTIPLY,
    DIVIDE,
    /** a × b + c with one rounding. */
    FUSED,
    MINIMUM,
    MAXIMUM,
    SQUARE_ROOT,
    ABSOLUTE,
    SIGN,
    LESS,
    EQUAL,
    SELECT,
    /** A float whose upper half is a rounded to 16 bits by the key b, see {@link Rounding}. */
    ROUND
  }

  /**
   * One instruction; unused operands are 0.
   *
   * @param a a value's number; for LOAD a slot's index
   */
  record Instruction(Code code, int a, int b, int c) {}

  /** Value a, or for a sum a × b if b is not negative, taken into a fold. */
  record FoldOutput(Combine combine, int a, int b) {}

  /** A value written to a slot. */
  record StoreOutput(int slot, int value) {}

  int inputs() {
    return scalars.size() + rowScalars.size();
  }
}

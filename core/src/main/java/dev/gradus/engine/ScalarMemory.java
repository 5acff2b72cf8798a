package dev.gradus.engine;

import static java.lang.foreign.ValueLayout.JAVA_DOUBLE;

import dev.gradus.equation.Combine;
import dev.gradus.equation.Expression;
import dev.gradus.equation.Fact;
import dev.gradus.equation.Level;
import dev.gradus.equation.Slot;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The registers of a {@link ScalarProgram} for one tensor, all in double. */
final class ScalarMemory {
  private final double[] values;
  private final double[] @Nullable [] rows;
  private final double[] @Nullable [] copies;
  private final TensorRun tensor;

  /**
   * @param rowCounts for a fold made by a pass, how many entries the pass delivers, which are
   *     segments rather than rows where rows don't matter
   */
  ScalarMemory(ScalarProgram program, TensorRun tensor, Map<Expression, Integer> rowCounts) {
    this.tensor = tensor;
    Expression[] scalars = program.scalars();
    values = new double[scalars.length];
    rows = new double[scalars.length][];
    copies = new double[scalars.length][];
    int tensorRows = Math.toIntExact(tensor.shape().rows());
    for (int i = 0; i < scalars.length; i++) {
      if (scalars[i].level() == Level.ROW) {
        rows[i] = new double[rowCounts.getOrDefault(scalars[i], tensorRows)];
      } else if (program.metByRows(i)) {
        copies[i] = new double[tensorRows];
      }
    }
  }

  void set(int register, double value) {
    double[] perRow = copies[register];
    if (perRow != null && Double.compare(values[register], value) != 0) {
      Arrays.fill(perRow, value);
    }
    values[register] = value;
  }

  double value(int register) {
    return values[register];
  }

  double value(int register, int row) {
    double[] perRow = rows[register];
    return perRow == null ? values[register] : perRow[row];
  }

  double[] row(int register) {
    double[] perRow = rows[register];
    if (perRow == null) {
      throw new IllegalStateException("Register " + register + " holds one number");
    }
    return perRow;
  }

  /** A number for every row, whatever the register's level. */
  double[] spread(int register) {
    double[] perRow = copies[register];
    return perRow == null ? row(register) : perRow;
  }

  double fact(Fact fact) {
    return tensor.fact(fact);
  }

  double model(String name) {
    return tensor.model(name);
  }

  double combine(Combine combine, int register) {
    return RowArithmetic.combine(combine, row(register));
  }

  void load(int register, Slot slot) {
    MemorySegment memory = tensor.memory(slot);
    double[] perRow = rows[register];
    if (perRow == null) {
      set(register, memory.getAtIndex(JAVA_DOUBLE, 0));
    } else {
      MemorySegment.copy(memory, JAVA_DOUBLE, 0, perRow, 0, perRow.length);
    }
  }

  void store(int register, Slot slot) {
    MemorySegment memory = tensor.memory(slot);
    for (int r = 0; r < memory.byteSize() / Double.BYTES; r++) {
      memory.setAtIndex(JAVA_DOUBLE, r, value(register, r));
    }
  }
}

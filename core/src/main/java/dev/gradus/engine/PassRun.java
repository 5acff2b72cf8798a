package dev.gradus.engine;

import dev.gradus.engine.CompiledPlan.CompiledPass;
import dev.gradus.equation.Combine;
import dev.gradus.equation.Expression;
import dev.gradus.equation.Fold;
import dev.gradus.equation.Slot;
import dev.gradus.plan.Plan;
import java.lang.foreign.MemorySegment;
import java.util.List;

/** One pass over one tensor: its buffers, filled anew in every step. */
final class PassRun {
  private final CompiledPass compiled;
  private final boolean backwards;
  private final Layout layout;
  private final int entriesPerFold;
  private final int[] scalarRegisters;
  private final int[] rowRegisters;
  private final int[] foldRegisters;
  private final MemorySegment[] slots;
  private final float[] scalars;
  private final float[] rowScalars;
  private final double[] partials;

  /**
   * @param backwards whether to begin at the tensor's end, which the pass before has left in the
   *     cache
   */
  PassRun(CompiledPass compiled, ScalarProgram program, TensorRun tensor, boolean backwards) {
    this.compiled = compiled;
    this.backwards = backwards;
    Loop loop = compiled.loop();
    layout = Layout.of(tensor.shape(), compiled.byRow(), compiled.folds(), tensor.unit());
    entriesPerFold = compiled.byRow() ? layout.perRow() : 1;
    scalarRegisters = registers(loop.scalars(), program);
    rowRegisters = registers(loop.rowScalars(), program);
    foldRegisters = registers(compiled.pass().folds(), program);
    slots = new MemorySegment[loop.slots().size()];
    scalars = new float[scalarRegisters.length];
    rowScalars = new float[Math.multiplyExact(rowRegisters.length, rows())];
    partials = new double[Math.multiplyExact(foldRegisters.length, layout.count())];
  }

  private static int[] registers(List<? extends Expression> scalars, ScalarProgram program) {
    return scalars.stream().mapToInt(program::register).toArray();
  }

  private int rows() {
    return layout.count() / layout.perRow();
  }

  Layout layout() {
    return layout;
  }

  boolean isEmpty() {
    return compiled.pass().isEmpty();
  }

  /** How many numbers a fold of this pass delivers to its register. */
  int foldEntries() {
    return layout.count() / entriesPerFold;
  }

  List<Fold> folds() {
    return compiled.pass().folds();
  }

  void prepare(ScalarMemory memory, TensorRun tensor, Workspace workspace) {
    for (int i = 0; i < slots.length; i++) {
      Slot slot = compiled.loop().slots().get(i);
      slots[i] = slot == Plan.SCRATCH ? workspace.scratch() : tensor.memory(slot);
    }
    for (int i = 0; i < scalars.length; i++) {
      scalars[i] = (float) memory.value(scalarRegisters[i]);
    }
    int perRow = rowRegisters.length;
    for (int i = 0; i < perRow; i++) {
      for (int r = 0; r < rows(); r++) {
        rowScalars[r * perRow + i] = (float) memory.value(rowRegisters[i], r);
      }
    }
  }

  int units() {
    return isEmpty() ? 0 : layout.units();
  }

  /** Walks a unit's segments; units are numbered in the order in which they had best be walked. */
  void runUnit(int number, Workspace workspace) {
    int unit = backwards ? layout.units() - 1 - number : number;
    int first = unit * layout.segmentsPerUnit();
    run(first, Math.min(layout.count(), first + layout.segmentsPerUnit()), workspace);
  }

  private void run(int first, int last, Workspace workspace) {
    float[] lanes = workspace.lanes();
    compiled.kernel().run(slots, layout, scalars, rowScalars, partials, lanes, first, last);
  }

  /** Brings the segments' folds to the registers, in order and in double. */
  void collect(ScalarMemory memory) {
    for (int f = 0; f < foldRegisters.length; f++) {
      Combine combine = folds().get(f).combine();
      double[] entries = memory.row(foldRegisters[f]);
      for (int e = 0; e < entries.length; e++) {
        entries[e] =
            entriesPerFold == 1
                ? partials[e * foldRegisters.length + f]
                : fold(combine, f, e * entriesPerFold);
      }
    }
  }

  private double fold(Combine combine, int fold, int firstSegment) {
    double result = combine.start();
    for (int s = firstSegment; s < firstSegment + entriesPerFold; s++) {
      result = combine.apply(result, partials[s * foldRegisters.length + fold]);
    }
    return result;
  }
}

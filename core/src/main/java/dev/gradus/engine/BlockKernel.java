package dev.gradus.engine;

import dev.gradus.engine.Loop.FoldOutput;
import dev.gradus.engine.Loop.Instruction;
import dev.gradus.engine.Loop.StoreOutput;
import dev.gradus.equation.Format;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;

/** A pass carried out instruction by instruction over blocks that stay in the nearest cache. */
final class BlockKernel implements Kernel {
  private static final int BLOCK = 512;
  private static final ValueLayout.OfShort SHORT = ValueLayout.JAVA_SHORT_UNALIGNED;
  private static final ValueLayout.OfFloat FLOAT = ValueLayout.JAVA_FLOAT_UNALIGNED;

  private final Loop loop;
  private final ThreadLocal<float[][]> blocks;
  private final ThreadLocal<short[]> narrow = ThreadLocal.withInitial(() -> new short[BLOCK]);

  BlockKernel(Loop loop) {
    this.loop = loop;
    int values = loop.inputs() + loop.body().size();
    this.blocks = ThreadLocal.withInitial(() -> new float[values][BLOCK]);
  }

  @Override
  public void run(
      MemorySegment[] slots,
      Layout layout,
      float[] scalars,
      float[] rowScalars,
      double[] partials,
      float[] lanes,
      int first,
      int last) {
    float[][] values = blocks.get();
    for (int i = 0; i < scalars.length; i++) {
      Arrays.fill(values[i], scalars[i]);
    }
    for (int segment = first; segment < last; segment++) {
      fillRowScalars(values, scalars.length, rowScalars, segment / layout.perRow());
      startFolds(partials, segment);
      segment(values, slots, layout, partials, segment);
    }
  }

  private void fillRowScalars(float[][] values, int to, float[] rowScalars, int row) {
    int perRow = loop.rowScalars().size();
    for (int i = 0; i < perRow; i++) {
      Arrays.fill(values[to + i], rowScalars[row * perRow + i]);
    }
  }

  private void segment(
      float[][] values, MemorySegment[] slots, Layout layout, double[] partials, int segment) {
    int row = segment / layout.perRow();
    long start = (long) (segment % layout.perRow()) * layout.segmentLength();
    long base = row * layout.columns() + start;
    long length = Math.min(layout.segmentLength(), layout.columns() - start);
    for (long at = 0; at < length; at += BLOCK) {
      int count = (int) Math.min(BLOCK, length - at);
      block(values, slots, base + at, count);
      fold(values, partials, segment, count);
    }
  }

  private void block(float[][] values, MemorySegment[] slots, long at, int count) {
    for (int i = 0; i < loop.body().size(); i++) {
      Instruction x = loop.body().get(i);
      float[] to = values[loop.inputs() + i];
      switch (x.code()) {
        case LOAD -> load(slots[x.a()], loop.formats().get(x.a()), at, to, count);
        case ROUND -> round(to, values[x.a()], values[x.b()], at, count);
        default -> compute(x.code(), to, values[x.a()], values[x.b()], values[x.c()], count);
      }
    }
    for (StoreOutput store : loop.stores()) {
      Format format = loop.formats().get(store.slot());
      store(values[store.value()], slots[store.slot()], format, at, count);
    }
  }

  private void load(MemorySegment from, Format format, long at, float[] to, int count) {
    if (format == Format.FLOAT32) {
      MemorySegment.copy(from, FLOAT, at * Float.BYTES, to, 0, count);
      return;
    }
    short[] halves = narrow.get();
    MemorySegment.copy(from, SHORT, at * Short.BYTES, halves, 0, count);
    for (int i = 0; i < count; i++) {
      to[i] = Rounding.widened(halves[i]);
    }
  }

  private void store(float[] from, MemorySegment to, Format format, long at, int count) {
    if (format == Format.FLOAT32) {
      MemorySegment.copy(from, 0, to, FLOAT, at * Float.BYTES, count);
      return;
    }
    short[] halves = narrow.get();
    for (int i = 0; i < count; i++) {
      halves[i] = Rounding.upperHalf(from[i]);
    }
    MemorySegment.copy(halves, 0, to, SHORT, at * Short.BYTES, count);
  }

  private static void round(float[] to, float[] values, float[] keys, long at, int count) {
    for (int i = 0; i < count; i++) {
      to[i] = Rounding.round(values[i], keys[i], at + i);
    }
  }

  private static void compute(
      Loop.Code code, float[] to, float[] a, float[] b, float[] c, int count) {
    switch (code) {
      case ADD -> apply(to, count, i -> a[i] + b[i]);
      case SUBTRACT -> apply(to, count, i -> a[i] - b[i]);
      case MULTIPLY -> apply(to, count, i -> a[i] * b[i]);
      case DIVIDE -> apply(to, count, i -> a[i] / b[i]);
      case FUSED -> apply(to, count, i -> Math.fma(a[i], b[i], c[i]));
      case MINIMUM -> apply(to, count, i -> Math.min(a[i], b[i]));
      case MAXIMUM -> apply(to, count, i -> Math.max(a[i], b[i]));
      case SQUARE_ROOT -> apply(to, count, i -> (float) Math.sqrt(a[i]));
      case ABSOLUTE -> apply(to, count, i -> Math.abs(a[i]));
      case SIGN -> apply(to, count, i -> Math.signum(a[i]));
      case LESS -> apply(to, count, i -> a[i] < b[i] ? 1 : 0);
      case EQUAL -> apply(to, count, i -> a[i] == b[i] ? 1 : 0);
      case SELECT -> apply(to, count, i -> a[i] != 0 ? b[i] : c[i]);
      case LOAD, ROUND -> throw new IllegalStateException(code + " depends on the place");
    }
  }

  private interface Element {
    float at(int i);
  }

  private static void apply(float[] to, int count, Element element) {
    for (int i = 0; i < count; i++) {
      to[i] = element.at(i);
    }
  }

  private void startFolds(double[] partials, int segment) {
    int folds = loop.folds().size();
    for (int f = 0; f < folds; f++) {
      partials[segment * folds + f] = loop.folds().get(f).combine().start();
    }
  }

  private void fold(float[][] values, double[] partials, int segment, int count) {
    int folds = loop.folds().size();
    for (int f = 0; f < folds; f++) {
      int to = segment * folds + f;
      partials[to] = fold(loop.folds().get(f), values, partials[to], count);
    }
  }

  private static double fold(FoldOutput fold, float[][] values, double start, int count) {
    double result = start;
    for (int i = 0; i < count; i++) {
      float a = values[fold.a()][i];
      float value = fold.b() < 0 ? a : a * values[fold.b()][i];
      result = fold.combine().apply(result, value);
    }
    return result;
  }
}

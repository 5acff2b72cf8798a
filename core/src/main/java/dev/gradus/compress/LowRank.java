package dev.gradus.compress;

import java.lang.foreign.MemorySegment;

/** {@link PowerSgd} for one tensor: P by rows, then Q by rows. */
record LowRank(long rows, long columns, int rank) implements Packing {

  /** Q stands behind what was not sent; all 0 in the beginning. */
  @Override
  public long residueFloats() {
    return rows * columns + columns * rank;
  }

  @Override
  public long largestPack() {
    return (rows + columns) * rank * Float.BYTES;
  }

  @Override
  public long pack(long step, MemorySegment gradient, MemorySegment residue, MemorySegment pack) {
    for (long i = 0; i < rows * columns; i++) {
      Floats.add(residue, i, Floats.get(gradient, i));
    }
    var remembered = residue.asSlice(rows * columns * Float.BYTES, columns * rank * Float.BYTES);
    var p = pack.asSlice(0, rows * rank * Float.BYTES);
    var q = pack.asSlice(rows * rank * Float.BYTES, columns * rank * Float.BYTES);
    if (isZero(remembered)) {
      begin(remembered);
    }
    multiply(residue, remembered, p);
    orthonormalise(p);
    multiplyTransposed(residue, p, q);
    MemorySegment.copy(q, 0, remembered, 0, q.byteSize());
    addProduct(p, q, residue, -1);
    return largestPack();
  }

  private boolean isZero(MemorySegment q) {
    for (long i = 0; i < columns * rank; i++) {
      if (Floats.get(q, i) != 0) {
        return false;
      }
    }
    return true;
  }

  /** Numbers that no gradient is orthogonal to but by chance, the same for every worker. */
  private void begin(MemorySegment q) {
    for (long i = 0; i < columns * rank; i++) {
      Floats.set(q, i, (float) Math.sin(1 + i * 1.6180339887));
    }
  }

  private void multiply(MemorySegment m, MemorySegment q, MemorySegment p) {
    for (long row = 0; row < rows; row++) {
      for (int k = 0; k < rank; k++) {
        double sum = 0;
        for (long column = 0; column < columns; column++) {
          sum += (double) Floats.get(m, row * columns + column) * Floats.get(q, column * rank + k);
        }
        Floats.set(p, row * rank + k, (float) sum);
      }
    }
  }

  private void multiplyTransposed(MemorySegment m, MemorySegment p, MemorySegment q) {
    for (int k = 0; k < rank; k++) {
      for (long column = 0; column < columns; column++) {
        double sum = 0;
        for (long row = 0; row < rows; row++) {
          sum += (double) Floats.get(m, row * columns + column) * Floats.get(p, row * rank + k);
        }
        Floats.set(q, column * rank + k, (float) sum);
      }
    }
  }

  /** Gram and Schmidt's way, column by column; a column of which nothing is left becomes 0. */
  private void orthonormalise(MemorySegment p) {
    for (int k = 0; k < rank; k++) {
      double before = product(p, k, k);
      for (int other = 0; other < k; other++) {
        double along = product(p, k, other);
        for (long row = 0; row < rows; row++) {
          Floats.add(p, row * rank + k, (float) (-along * Floats.get(p, row * rank + other)));
        }
      }
      double length = Math.sqrt(product(p, k, k));
      double factor = length > 1e-6 * Math.sqrt(before) ? 1 / length : 0;
      for (long row = 0; row < rows; row++) {
        Floats.set(p, row * rank + k, (float) (factor * Floats.get(p, row * rank + k)));
      }
    }
  }

  private double product(MemorySegment p, int one, int other) {
    double sum = 0;
    for (long row = 0; row < rows; row++) {
      sum += (double) Floats.get(p, row * rank + one) * Floats.get(p, row * rank + other);
    }
    return sum;
  }

  private void addProduct(MemorySegment p, MemorySegment q, MemorySegment to, double factor) {
    for (long row = 0; row < rows; row++) {
      for (long column = 0; column < columns; column++) {
        double sum = 0;
        for (int k = 0; k < rank; k++) {
          sum += (double) Floats.get(p, row * rank + k) * Floats.get(q, column * rank + k);
        }
        Floats.add(to, row * columns + column, (float) (factor * sum));
      }
    }
  }

  @Override
  public void unpackAdd(MemorySegment pack, MemorySegment sum) {
    PackException.requireSize(pack.byteSize(), largestPack());
    for (long i = 0; i < (rows + columns) * rank; i++) {
      PackException.requireFinite(Floats.get(pack, i));
    }
    long split = rows * rank * Float.BYTES;
    addProduct(pack.asSlice(0, split), pack.asSlice(split), sum, 1);
  }
}

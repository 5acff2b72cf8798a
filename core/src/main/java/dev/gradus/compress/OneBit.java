package dev.gradus.compress;

import dev.gradus.equation.Shape;
import dev.gradus.text.Name;
import dev.gradus.text.RecordType;
import java.lang.foreign.MemorySegment;

/**
 * The sign of every value, and two values for each output unit.
 *
 * <pre>
 * G = residue + gradient
 * sent: the mean of the row's G ≥ 0 where G ≥ 0, the mean of the others elsewhere
 * residue = G − what is sent
 * </pre>
 *
 * <p>Cost: three passes; 1 bit per weight and 8 bytes per row; 4 bytes remembered per weight and
 * worker.
 *
 * <p>Disagreements: the paper has two values for each column of its matrices, which are transposed:
 * their columns are our rows.
 *
 * <p>Reference: Seide et al., 1-Bit Stochastic Gradient Descent, Interspeech 2014.
 */
@Name("one-bit")
public record OneBit() implements Compressor {

  @Override
  public Packing of(Shape shape) {
    return new Signs(shape.rows(), shape.size() / shape.rows());
  }

  @Override
  public String toString() {
    return RecordType.of(OneBit.class).print(this);
  }

  /** The two values of every row, then the signs of every row, each row in whole bytes. */
  private record Signs(long rows, long columns) implements Packing {
    private static final int VALUES = 2;

    @Override
    public long residueFloats() {
      return rows * columns;
    }

    @Override
    public long largestPack() {
      return rows * (VALUES * Float.BYTES + rowBytes());
    }

    private long rowBytes() {
      return Math.ceilDiv(columns, Byte.SIZE);
    }

    private long signs(long row) {
      return rows * VALUES * Float.BYTES + row * rowBytes();
    }

    @Override
    public long pack(long step, MemorySegment gradient, MemorySegment residue, MemorySegment pack) {
      pack.asSlice(0, largestPack()).fill((byte) 0);
      for (long row = 0; row < rows; row++) {
        packRow(row, gradient, residue, pack);
      }
      return largestPack();
    }

    private void packRow(
        long row, MemorySegment gradient, MemorySegment residue, MemorySegment pack) {
      var sums = new double[VALUES];
      var counts = new long[VALUES];
      for (long column = 0; column < columns; column++) {
        long at = row * columns + column;
        float value = Floats.get(residue, at) + Floats.get(gradient, at);
        Floats.set(residue, at, value);
        int side = value >= 0 ? 0 : 1;
        sums[side] += value;
        counts[side]++;
      }
      for (int side = 0; side < VALUES; side++) {
        float mean = counts[side] == 0 ? 0 : (float) (sums[side] / counts[side]);
        Floats.set(pack, VALUES * row + side, mean);
      }
      for (long column = 0; column < columns; column++) {
        long at = row * columns + column;
        float value = Floats.get(residue, at);
        setSign(pack, row, column, value < 0);
        Floats.set(residue, at, value - value(pack, row, column));
      }
    }

    private void setSign(MemorySegment pack, long row, long column, boolean negative) {
      long at = signs(row) + column / Byte.SIZE;
      int bit = negative ? 1 << (column % Byte.SIZE) : 0;
      pack.set(Floats.BYTE, at, (byte) (pack.get(Floats.BYTE, at) | bit));
    }

    private float value(MemorySegment pack, long row, long column) {
      int bits = pack.get(Floats.BYTE, signs(row) + column / Byte.SIZE);
      return Floats.get(pack, VALUES * row + (bits >>> (column % Byte.SIZE) & 1));
    }

    @Override
    public void unpackAdd(MemorySegment pack, MemorySegment sum) {
      PackException.requireSize(pack.byteSize(), largestPack());
      for (long value = 0; value < VALUES * rows; value++) {
        PackException.requireFinite(Floats.get(pack, value));
      }
      for (long row = 0; row < rows; row++) {
        for (long column = 0; column < columns; column++) {
          Floats.add(sum, row * columns + column, value(pack, row, column));
        }
      }
    }
  }
}

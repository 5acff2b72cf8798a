package dev.gradus.djl.array;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.lang.foreign.MemorySegment;

/**
 * A caller's array for one step: without its part in automatic differentiation, as (rows, columns),
 * in the type that the engine computes in. Where that takes a copy, results are written back.
 */
final class Bound implements AutoCloseable {
  private final NDArray plain;
  private final NDArray matrix;
  private final boolean inPlace;

  Bound(NDArray array, Shape shape, DataType type) {
    plain = array.stopGradient();
    NDArray typed = plain.toType(type, false);
    matrix = typed.reshape(shape);
    if (!isSame(typed, plain)) {
      typed.close();
    }
    inPlace = plain.getDataType() == type && isSameMemory(plain, matrix);
  }

  /** Whether two handles are one; {@code equals} of arrays would compare the contents. */
  static boolean isSame(NDArray one, NDArray two) {
    return one.getUid().equals(two.getUid());
  }

  /** Known for the CPU only; elsewhere results are written back, if need be onto themselves. */
  private static boolean isSameMemory(NDArray one, NDArray two) {
    return isHost(one.getDevice()) && address(one) == address(two);
  }

  static boolean isHost(Device device) {
    return Device.Type.CPU.equals(device.getDeviceType());
  }

  /** DJL may make a copy to answer this; it goes with the manager. */
  private static long address(NDArray array) {
    try (NDManager scope = array.getManager().newSubManager()) {
      NDArray handle = array.stopGradient();
      handle.attach(scope);
      return MemorySegment.ofBuffer(handle.toByteBuffer(true)).address();
    }
  }

  NDArray matrix() {
    return matrix;
  }

  /** Brings what was written to the matrix back to the caller's array. */
  void writeBack() {
    if (!inPlace) {
      try (NDArray typed = matrix.toType(plain.getDataType(), true);
          NDArray shaped = typed.reshape(plain.getShape())) {
        Bound.write(plain, shaped);
      }
    }
  }

  /** Writes values into an array's own memory. */
  static void write(NDArray to, NDArray values) {
    to.set(new NDIndex("..."), values);
  }

  @Override
  public void close() {
    matrix.close();
    plain.close();
  }
}

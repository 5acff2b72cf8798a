package dev.gradus.safetensors;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Files made by hand, right or wrong. */
final class FileBytes {
  private FileBytes() {}

  static byte[] of(String header, int dataSize) {
    return of(header.getBytes(UTF_8), dataSize);
  }

  static byte[] of(byte[] header, int dataSize) {
    return of(header.length, header, dataSize);
  }

  static byte[] of(long announced, byte[] header, int dataSize) {
    return ByteBuffer.allocate(Long.BYTES + header.length + dataSize)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putLong(announced)
        .put(header)
        .array();
  }
}

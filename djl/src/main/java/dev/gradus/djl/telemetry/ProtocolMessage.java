package dev.gradus.djl.telemetry;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** A protocol-buffer message that is being written, field by field. */
final class ProtocolMessage {
  private static final int VARINT = 0;
  private static final int EIGHT_BYTES = 1;
  private static final int DELIMITED = 2;
  private static final int FOUR_BYTES = 5;
  private static final int TYPE_BITS = 3;
  private static final int VARINT_BITS = 7;
  private static final int VARINT_MASK = (1 << VARINT_BITS) - 1;

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  ProtocolMessage integer(int field, long value) {
    varint((long) field << TYPE_BITS | VARINT);
    return varint(value);
  }

  ProtocolMessage number(int field, double value) {
    varint((long) field << TYPE_BITS | EIGHT_BYTES);
    return raw(littleEndian(Double.BYTES).putDouble(value).array());
  }

  ProtocolMessage single(int field, float value) {
    varint((long) field << TYPE_BITS | FOUR_BYTES);
    return raw(littleEndian(Float.BYTES).putFloat(value).array());
  }

  ProtocolMessage text(int field, String value) {
    return delimited(field, value.getBytes(StandardCharsets.UTF_8));
  }

  ProtocolMessage message(int field, ProtocolMessage value) {
    return delimited(field, value.bytes());
  }

  byte[] bytes() {
    return out.toByteArray();
  }

  private ProtocolMessage delimited(int field, byte[] value) {
    varint((long) field << TYPE_BITS | DELIMITED);
    varint(value.length);
    return raw(value);
  }

  private ProtocolMessage varint(long value) {
    long left = value;
    while ((left & ~VARINT_MASK) != 0) {
      out.write((int) (left & VARINT_MASK) | 1 << VARINT_BITS);
      left >>>= VARINT_BITS;
    }
    out.write((int) left);
    return this;
  }

  private ProtocolMessage raw(byte[] bytes) {
    out.writeBytes(bytes);
    return this;
  }

  private static ByteBuffer littleEndian(int bytes) {
    return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }
}

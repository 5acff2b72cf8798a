package dev.gradus.djl.telemetry;

import java.io.BufferedOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Map;
import java.util.zip.CRC32C;

/**
 * A file of TensorBoard's events: TFRecords (length, its checksum, data, their checksum; all
 * little-endian) that hold protocol-buffer messages {@code tensorflow.Event}.
 */
final class EventFile implements Closeable {
  private static final String VERSION = "brain.Event:2";
  private static final int START = 1;
  private static final int CHECKSUM_ROTATION = 15;
  private static final int CHECKSUM_OFFSET = 0xa282ead8;

  private final OutputStream out;

  /** Begins a file. */
  EventFile(OutputStream out, double seconds) throws IOException {
    this.out = new BufferedOutputStream(out);
    record(event(seconds, 0).text(3, VERSION));
  }

  /** Says that the steps from this one on are told anew, so that those told before are void. */
  void restart(double seconds, long step) throws IOException {
    record(event(seconds, step).message(7, new ProtocolMessage().integer(1, START)));
  }

  /** Adds numbers of a step by their tags. */
  void add(double seconds, long step, Map<String, Double> scalars) throws IOException {
    var summary = new ProtocolMessage();
    scalars.forEach(
        (tag, value) ->
            summary.message(1, new ProtocolMessage().text(1, tag).single(2, value.floatValue())));
    record(event(seconds, step).message(5, summary));
  }

  private static ProtocolMessage event(double seconds, long step) {
    var event = new ProtocolMessage().number(1, seconds);
    return step == 0 ? event : event.integer(2, step);
  }

  private void record(ProtocolMessage message) throws IOException {
    byte[] data = message.bytes();
    byte[] length = littleEndian(Long.BYTES).putLong(data.length).array();
    out.write(length);
    out.write(checksum(length));
    out.write(data);
    out.write(checksum(data));
  }

  private static byte[] checksum(byte[] bytes) {
    var crc = new CRC32C();
    crc.update(bytes);
    int rotated = Integer.rotateRight((int) crc.getValue(), CHECKSUM_ROTATION);
    return littleEndian(Integer.BYTES).putInt(rotated + CHECKSUM_OFFSET).array();
  }

  private static ByteBuffer littleEndian(int bytes) {
    return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }

  void flush() throws IOException {
    out.flush();
  }

  @Override
  public void close() throws IOException {
    out.close();
  }
}

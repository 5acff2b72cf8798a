package dev.gradus.djl;

import dev.gradus.UserException;
import dev.gradus.checkpoint.Checkpoint;
import dev.gradus.exchange.Transport;
import dev.gradus.safetensors.SafetensorsFile;
import dev.gradus.safetensors.SafetensorsLayout;
import dev.gradus.safetensors.SafetensorsWriter;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * A checkpoint on its way from worker 0 to the others: the bytes of the safetensors file that it
 * would be, behind their number.
 */
final class SharedCheckpoint {
  /** Behind the tags of all gradients. */
  private static final long FIRST_TAG = 1L << 40;

  private final Transport transport;
  private long tag = FIRST_TAG;

  SharedCheckpoint(Transport transport) {
    this.transport = transport;
  }

  void send(Checkpoint checkpoint) {
    var layout = new SafetensorsLayout(checkpoint.metadata(), checkpoint.tensors().values());
    var size = ByteBuffer.allocateDirect(Long.BYTES);
    MemorySegment.ofBuffer(size).set(ValueLayout.JAVA_LONG_UNALIGNED, 0, layout.fileSize());
    try (var channel = new ToOthers()) {
      SafetensorsWriter.drain(size, channel);
      SafetensorsWriter.write(channel, layout);
    } catch (IOException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  Checkpoint receive(Arena arena) {
    try {
      var file = Files.createTempFile("gradus-", ".safetensors");
      try {
        receive(file);
        var content = SafetensorsFile.open(file, arena);
        return new Checkpoint(content.metadata(), content.tensors().values());
      } finally {
        Files.delete(file);
      }
    } catch (IOException failure) {
      throw new UserException(
          "What worker 0 begins with cannot be kept in a temporary file: " + failure.getMessage(),
          failure);
    }
  }

  private void receive(Path file) throws IOException {
    try (var channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      long left = next().get(ValueLayout.JAVA_LONG_UNALIGNED, 0);
      while (left > 0) {
        var piece = next();
        left -= piece.byteSize();
        SafetensorsWriter.drain(piece.asByteBuffer(), channel);
      }
    }
  }

  private MemorySegment next() {
    return transport.receive(0, tag++);
  }

  private final class ToOthers implements WritableByteChannel {
    @Override
    public int write(ByteBuffer bytes) {
      int count = bytes.remaining();
      for (int rank = 1; rank < transport.workers(); rank++) {
        transport.send(rank, tag, MemorySegment.ofBuffer(bytes));
      }
      tag++;
      bytes.position(bytes.limit());
      return count;
    }

    @Override
    public boolean isOpen() {
      return true;
    }

    @Override
    public void close() {}
  }
}

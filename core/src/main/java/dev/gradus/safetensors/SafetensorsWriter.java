package dev.gradus.safetensors;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Collection;
import java.util.Map;

/**
 * Writes safetensors files through a small buffer, however large the tensors are. The layout is
 * that of {@link SafetensorsLayout}.
 */
public final class SafetensorsWriter {
  private SafetensorsWriter() {}

  /**
   * Writes a new file. It is not forced to the disk, and it is removed again if it cannot be
   * completed.
   *
   * @param file the file, which must not exist yet
   * @param metadata texts by name, kept in this order
   * @param tensors the tensors, each of another name
   * @throws IllegalArgumentException as {@link SafetensorsLayout#SafetensorsLayout} does; then
   *     nothing was written
   * @throws IOException if the file exists already or cannot be written
   */
  public static void write(Path file, Map<String, String> metadata, Collection<Tensor> tensors)
      throws IOException {
    var layout = new SafetensorsLayout(metadata, tensors);
    try {
      Files.createFile(file);
    } catch (FileAlreadyExistsException exists) {
      throw new IOException(
          "Cannot write " + file + ": it exists already; choose another name.", exists);
    }
    boolean complete = false;
    try (var channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      write(channel, layout);
      complete = true;
    } finally {
      if (!complete) {
        Files.delete(file);
      }
    }
  }

  /**
   * Writes a whole file to a channel from its present position on.
   *
   * @param channel a blocking channel
   * @param layout what is written
   * @throws IOException if the channel throws it or takes no bytes
   */
  public static void write(WritableByteChannel channel, SafetensorsLayout layout)
      throws IOException {
    drain(layout.header(), channel);
    for (Tensor tensor : layout.tensors()) {
      Pieces.of(tensor.data(), piece -> drain(piece, channel));
    }
  }

  /**
   * Writes all of a buffer.
   *
   * @param bytes what is written, from position to limit
   * @param channel a blocking channel
   * @throws IOException if the channel throws it or takes no bytes
   */
  public static void drain(ByteBuffer bytes, WritableByteChannel channel) throws IOException {
    while (bytes.hasRemaining()) {
      if (channel.write(bytes) <= 0) {
        throw new IOException("The channel takes no more bytes");
      }
    }
  }
}

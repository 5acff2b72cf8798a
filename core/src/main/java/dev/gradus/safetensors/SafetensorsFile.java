package dev.gradus.safetensors;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.NoSuchElementException;
import java.util.SequencedMap;

/**
 * A safetensors file mapped into memory, read-only. Opening reads and checks the header alone; the
 * data are read from disk when they are touched, and files of any size can be opened.
 *
 * <p>The mapping lives as long as the arena that was given: the arena decides which threads may
 * read the tensors and when the file is released. While it is mapped, the file must not be
 * shortened or overwritten in place (replacing it by a rename is harmless): reading a page that is
 * gone ends in an {@link InternalError}.
 */
public final class SafetensorsFile {
  /** The largest header that the format allows, in bytes. */
  public static final long LARGEST_HEADER = 100_000_000;

  private final Path file;
  private final SequencedMap<String, String> metadata;
  private final SequencedMap<String, Tensor> tensors;

  private SafetensorsFile(Path file, Header header, MemorySegment data) {
    this.file = file;
    metadata = Collections.unmodifiableSequencedMap(header.metadata());
    var named = new LinkedHashMap<String, Tensor>();
    for (Header.Entry entry : header.entries()) {
      var slice = data.asSlice(entry.begin(), entry.end() - entry.begin());
      named.put(entry.name(), new Tensor(entry.name(), entry.dtype(), entry.shape(), slice));
    }
    tensors = Collections.unmodifiableSequencedMap(named);
  }

  /**
   * Maps a file.
   *
   * @param file the file
   * @param arena decides how long the tensors' data can be read, and by which threads
   * @return what the file holds
   * @throws SafetensorsException if the file is not a valid safetensors file; checked before
   *     anything of a size that the file announces is allocated, other than its header
   * @throws IOException if the file does not exist, is not a regular file or cannot be read
   */
  public static SafetensorsFile open(Path file, Arena arena) throws IOException {
    if (!Files.isRegularFile(file)) {
      String fault = Files.exists(file) ? "it is not a regular file" : "it does not exist";
      throw new IOException("Cannot read " + file + ": " + fault + "; check the path.");
    }
    try (var channel = FileChannel.open(file, StandardOpenOption.READ)) {
      long size = channel.size();
      byte[] text = headerText(file, channel, size);
      long begin = (long) Long.BYTES + text.length;
      var header = Header.parse(file, text, size - begin);
      return new SafetensorsFile(
          file, header, channel.map(MapMode.READ_ONLY, begin, size - begin, arena));
    }
  }

  /**
   * Returns the texts that the file holds beside the tensors.
   *
   * @return texts by name, in the order of the file, unmodifiable
   */
  public SequencedMap<String, String> metadata() {
    return metadata;
  }

  /**
   * Returns the tensors. Their data are read-only.
   *
   * @return tensors by name, in the order of their data in the file, unmodifiable
   */
  public SequencedMap<String, Tensor> tensors() {
    return tensors;
  }

  /**
   * Returns one tensor. Its data are read-only.
   *
   * @param name its name
   * @return the tensor
   * @throws NoSuchElementException if the file has none of this name
   */
  public Tensor tensor(String name) {
    var tensor = tensors.get(name);
    if (tensor == null) {
      throw new NoSuchElementException(
          "There is no tensor " + Quoted.text(name) + " in " + file + "; see which there are.");
    }
    return tensor;
  }

  private static byte[] headerText(Path file, FileChannel channel, long size) throws IOException {
    if (size < Long.BYTES) {
      throw SafetensorsException.incomplete(
          file, "its " + size + " bytes are too few for a header length");
    }
    long length =
        ByteBuffer.wrap(read(file, channel, 0, Long.BYTES))
            .order(ByteOrder.LITTLE_ENDIAN)
            .getLong();
    if (length < 0 || length > LARGEST_HEADER) {
      throw SafetensorsException.malformed(
          file,
          "its header length is "
              + Long.toUnsignedString(length)
              + " bytes, more than the limit of "
              + LARGEST_HEADER);
    }
    if (length > size - Long.BYTES) {
      throw SafetensorsException.incomplete(
          file, "its header of " + length + " bytes is longer than the file of " + size);
    }
    return read(file, channel, Long.BYTES, (int) length);
  }

  private static byte[] read(Path file, FileChannel channel, long position, int length)
      throws IOException {
    var buffer = ByteBuffer.allocate(length);
    while (buffer.hasRemaining()) {
      if (channel.read(buffer, position + buffer.position()) < 0) {
        throw SafetensorsException.incomplete(file, "it was shortened while it was read");
      }
    }
    return buffer.array();
  }
}

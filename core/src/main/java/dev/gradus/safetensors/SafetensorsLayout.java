package dev.gradus.safetensors;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/**
 * Where everything lies in a file that is to be written. Tensors of larger elements come first,
 * otherwise in the order given, and the header is padded so that the data begin at a multiple of
 * {@value #ALIGNMENT} bytes: so every element lies at a multiple of its own size although the
 * format allows no holes.
 */
public final class SafetensorsLayout {
  /** The first tensor begins at a multiple of this many bytes in the file. */
  public static final int ALIGNMENT = 64;

  private final List<Tensor> tensors;
  private final ByteBuffer header;

  /**
   * Plans a file.
   *
   * @param metadata texts by name, kept in this order
   * @param tensors the tensors, each of another name
   * @throws IllegalArgumentException if two tensors have one name, a text is not whole Unicode
   *     characters, or the header is larger than {@link SafetensorsFile#LARGEST_HEADER}
   */
  public SafetensorsLayout(Map<String, String> metadata, Collection<Tensor> tensors) {
    this.tensors =
        tensors.stream()
            .sorted(Comparator.comparingInt((Tensor tensor) -> -tensor.dtype().bits()))
            .toList();
    header = header(HeaderText.of(metadata, this.tensors));
  }

  private static ByteBuffer header(ByteBuffer text) {
    long padded = Math.ceilDiv((long) Long.BYTES + text.remaining(), ALIGNMENT) * ALIGNMENT;
    if (padded - Long.BYTES > SafetensorsFile.LARGEST_HEADER) {
      throw new IllegalArgumentException(
          "The names and metadata take %s bytes, more than the limit of %s; write fewer or shorter ones."
              .formatted(text.remaining(), SafetensorsFile.LARGEST_HEADER));
    }
    var bytes = new byte[(int) padded];
    Arrays.fill(bytes, (byte) ' ');
    return ByteBuffer.wrap(bytes)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putLong(padded - Long.BYTES)
        .put(text)
        .rewind()
        .asReadOnlyBuffer();
  }

  /**
   * Returns the tensors in the order of their data.
   *
   * @return the tensors, unmodifiable
   */
  public List<Tensor> tensors() {
    return tensors;
  }

  /**
   * Returns what comes before the data: length, header and padding.
   *
   * @return a new read-only view, ready to be read
   */
  public ByteBuffer header() {
    return header.duplicate();
  }

  /**
   * Returns the size of the whole file.
   *
   * @return bytes
   */
  public long fileSize() {
    return header.remaining()
        + tensors.stream().mapToLong(tensor -> tensor.data().byteSize()).sum();
  }
}

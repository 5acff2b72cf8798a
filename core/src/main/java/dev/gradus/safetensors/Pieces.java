package dev.gradus.safetensors;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;

/**
 * Hands out memory of any size and kind as a series of small copies outside the heap. What is
 * computed from a piece therefore belongs to the very bytes that are written from it, even if the
 * source changes meanwhile; the copy stays in the processor's cache and costs little beside a disk.
 */
public final class Pieces {
  private static final long LARGEST = 1 << 20;

  /** Takes one piece after the other. */
  @FunctionalInterface
  public interface Taker {
    /**
     * Takes the next piece.
     *
     * @param piece its bytes, between position and limit; used again for the next piece
     * @throws IOException if the bytes cannot be used as intended
     */
    void take(ByteBuffer piece) throws IOException;
  }

  private Pieces() {}

  /**
   * Hands out a segment from its first byte to its last.
   *
   * @param source memory of any size, 0 included
   * @param taker is given every byte once
   * @throws IOException if the taker throws it
   */
  public static void of(MemorySegment source, Taker taker) throws IOException {
    long size = source.byteSize();
    try (var arena = Arena.ofConfined()) {
      var copy = arena.allocate(Math.min(size, LARGEST), Long.BYTES);
      for (long offset = 0; offset < size; offset += LARGEST) {
        long length = Math.min(size - offset, LARGEST);
        MemorySegment.copy(source, offset, copy, 0, length);
        taker.take(copy.asSlice(0, length).asByteBuffer());
      }
    }
  }
}

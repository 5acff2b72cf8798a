package dev.gradus.djl.data;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/**
 * Hashes of 64 bits that are the same on every machine and in every run, to know an example again.
 * They are not made to withstand somebody who looks for two contents of one hash.
 */
public final class StableHash {
  private static final ValueLayout.OfLong LONG =
      ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
  private static final long ODD = 0x9E3779B97F4A7C15L;
  private static final long OTHER_ODD = 0xC2B2AE3D27D4EB4FL;
  private static final int TURN = 29;

  private StableHash() {}

  /**
   * Hashes a text.
   *
   * @param text any text
   * @return the hash of its characters in UTF-8
   */
  public static long of(String text) {
    return of(MemorySegment.ofArray(text.getBytes(StandardCharsets.UTF_8)));
  }

  /**
   * Hashes what lies in memory, eight bytes at a time.
   *
   * @param data any number of bytes
   * @return their hash
   */
  public static long of(MemorySegment data) {
    long hash = data.byteSize();
    long whole = data.byteSize() / Long.BYTES * Long.BYTES;
    for (long at = 0; at < whole; at += Long.BYTES) {
      hash = taken(hash, data.get(LONG, at));
    }
    long rest = 0;
    for (long at = whole; at < data.byteSize(); at++) {
      rest = rest << Byte.SIZE | Byte.toUnsignedLong(data.get(ValueLayout.JAVA_BYTE, at));
    }
    return SplitMix64.mix(taken(hash, rest));
  }

  /**
   * Joins two hashes to one; their order matters.
   *
   * @param one a hash
   * @param other a hash
   * @return the hash of both
   */
  public static long of(long one, long other) {
    return SplitMix64.mix(taken(one, other));
  }

  /** For one word the result is another for every hash, and for one hash another for every word. */
  private static long taken(long hash, long word) {
    return Long.rotateLeft(hash ^ word * OTHER_ODD, TURN) * ODD;
  }
}

package dev.gradus.compress;

import java.lang.foreign.MemorySegment;

/** Which elements of a tensor cut into bins are sent, and with which sign, in ascending order. */
sealed interface Codes permits BinCodes, GapCodes {

  /** How many bytes codes need at most, while they are written, too. */
  long largest();

  /** What writes codes behind an offset. */
  Writer writer(MemorySegment to, long offset);

  /**
   * Refuses what is not a row of codes up to the end of a memory.
   *
   * @throws PackException naming what is wrong
   */
  void require(MemorySegment pack, long start);

  /** Adds a value, or its negative, to the elements that codes name. They must be right. */
  void add(MemorySegment pack, long start, float value, MemorySegment to);

  /** Writes codes, bin after bin. */
  interface Writer {

    /**
     * Sends elements of the bin that is being written.
     *
     * @param first a place in the bin
     * @param sent a bit for each place from there that is sent
     * @param minus those of them that are sent as −
     */
    void send(int first, long sent, long minus);

    /** Goes on to the next bin. */
    void endBin();

    /** The offset behind all codes, once there are no more. */
    long end();
  }
}

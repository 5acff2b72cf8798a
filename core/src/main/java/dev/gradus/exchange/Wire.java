package dev.gradus.exchange;

import java.lang.foreign.MemorySegment;

/**
 * Carries frames to the other workers: to each in the order in which they were given. What arrives
 * at the other end is given to {@link FramedTransport#arrived}.
 */
@FunctionalInterface
public interface Wire extends AutoCloseable {
  /**
   * Takes a frame to be carried. The memory may be used again when the call returns. A failure is
   * told to {@link FramedTransport#lost}, not thrown.
   *
   * @param to another worker's rank
   * @param header the frame's first bytes
   * @param payload the bytes that follow them; may be empty
   */
  void write(int to, MemorySegment header, MemorySegment payload);

  /** Gives up what the wire holds. Frames taken before are still carried if that needs no wait. */
  @Override
  default void close() {}
}

package dev.gradus.compress;

import java.lang.foreign.MemorySegment;

/**
 * Packs the gradients of one tensor and adds up what packs stand for.
 *
 * <p>A pack is a function of the step, the gradient and the residue alone: the same bits on every
 * machine of the same byte order, little-endian, and for any number of vector lanes. The memory
 * given must be as large as documented; an array's end is never passed, whatever a pack says.
 */
public interface Packing {

  /**
   * How much a worker remembers between two steps.
   *
   * @return how many floats, all 0 in the beginning
   */
  long residueFloats();

  /**
   * The largest pack.
   *
   * @return bytes, for the caller to allocate
   */
  long largestPack();

  /**
   * Packs a gradient and remembers what is not sent.
   *
   * @param step the number of the step, from 0
   * @param gradient this worker's gradient, one finite float for each weight; not changed
   * @param residue what was remembered, {@link #residueFloats()} floats, and is from now on
   * @param pack receives the pack, {@link #largestPack()} bytes
   * @return how many bytes the pack has
   */
  long pack(long step, MemorySegment gradient, MemorySegment residue, MemorySegment pack);

  /**
   * Takes over what another worker remembered, because there are fewer workers now: what was not
   * sent is added up, so that nothing of it is lost.
   *
   * @param others what that worker remembered, {@link #residueFloats()} floats
   * @param residue what is remembered here, and is changed
   */
  default void takeOver(MemorySegment others, MemorySegment residue) {
    for (long i = 0; i < residueFloats(); i++) {
      Floats.add(residue, i, Floats.get(others, i));
    }
  }

  /**
   * Adds the gradient that a pack stands for to others. Workers whose packs are added in the same
   * order get the same bits.
   *
   * @param pack exactly the bytes of a pack of a tensor of this shape
   * @param sum one float for each weight
   * @throws PackException if it is no such pack; the sum is then as it was
   */
  void unpackAdd(MemorySegment pack, MemorySegment sum);
}

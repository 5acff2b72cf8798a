package dev.gradus.compress;

import java.lang.foreign.MemorySegment;

/**
 * Which values of a tensor are the largest without their signs: two counts over the bits of the
 * numbers, which order like the numbers themselves, and no sorting.
 */
final class LargestValues {
  private static final int HALF_BITS = 16;
  private static final int HALVES = 1 << HALF_BITS;
  private static final int LOW = HALVES - 1;
  private static final int NO_SIGN = 0x7fffffff;

  private final int smallest;
  private int ofSmallest;

  private LargestValues(int smallest, int ofSmallest) {
    this.smallest = smallest;
    this.ofSmallest = ofSmallest;
  }

  /** The so many largest of some finite floats; of equal ones those that come first. */
  static LargestValues of(MemorySegment values, long elements, int count) {
    var uppers = new int[HALVES];
    for (long i = 0; i < elements; i++) {
      uppers[bits(values, i) >>> HALF_BITS]++;
    }
    var upper = Place.of(uppers, count);
    var lowers = new int[HALVES];
    for (long i = 0; i < elements; i++) {
      int bits = bits(values, i);
      if (bits >>> HALF_BITS == upper.index) {
        lowers[bits & LOW]++;
      }
    }
    var lower = Place.of(lowers, upper.wanted);
    return new LargestValues(upper.index << HALF_BITS | lower.index, lower.wanted);
  }

  /** Whether a value is among them; to be asked once for each, in order. */
  boolean take(float value) {
    int bits = Float.floatToRawIntBits(value) & NO_SIGN;
    return bits > smallest || (bits == smallest && ofSmallest-- > 0);
  }

  private static int bits(MemorySegment values, long index) {
    return Float.floatToRawIntBits(Floats.get(values, index)) & NO_SIGN;
  }

  /** The count in which the last of those wanted falls, and how many of it are wanted. */
  private record Place(int index, int wanted) {
    static Place of(int[] counts, int count) {
      int wanted = count;
      int index = counts.length - 1;
      while (index > 0 && counts[index] < wanted) {
        wanted -= counts[index];
        index--;
      }
      return new Place(index, wanted);
    }
  }
}

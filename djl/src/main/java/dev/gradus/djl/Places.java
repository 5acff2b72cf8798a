package dev.gradus.djl;

import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.BitSet;
import java.util.stream.IntStream;

/** Where numbers stand in a list: its numbers in order, each with its place. */
final class Places {
  static final int NONE = -1;

  private final long[] sorted;
  private final int[] places;

  /** For the first of equal numbers, how many of them are taken. */
  private final int[] taken;

  /** Looks into a list, except at some of its places. */
  Places(MemorySegment list, BitSet except) {
    int size = Math.toIntExact(list.byteSize() / Long.BYTES);
    places = IntStream.range(0, size).filter(place -> !except.get(place)).toArray();
    sorted = IntStream.of(places).mapToLong(place -> list.getAtIndex(JAVA_LONG, place)).toArray();
    Arrays.parallelSort(sorted);
    taken = new int[places.length];
    for (int place : places.clone()) {
      int first = first(list.getAtIndex(JAVA_LONG, place));
      places[first + taken[first]++] = place;
    }
    Arrays.fill(taken, 0);
  }

  /** The place of a number; of equal ones the first. */
  int of(long number) {
    int first = first(number);
    return isAt(first, number) ? places[first] : NONE;
  }

  /** The place of a number that was not taken yet, which is taken by this. */
  int take(long number) {
    int first = first(number);
    if (!isAt(first, number) || !isAt(first + taken[first], number)) {
      return NONE;
    }
    return places[first + taken[first]++];
  }

  private boolean isAt(int rank, long number) {
    return rank < sorted.length && sorted[rank] == number;
  }

  /** The rank of the first number that is not smaller. */
  private int first(long number) {
    int low = 0;
    int high = sorted.length;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (sorted[middle] < number) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }
}

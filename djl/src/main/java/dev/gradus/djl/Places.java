package dev.gradus.djl;

import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.BitSet;
import org.jspecify.annotations.Nullable;

/**
 * Where numbers stand in a list. One that stands behind the last that was asked for is found at
 * once; only for another one the list is sorted.
 */
final class Places {
  static final int NONE = -1;

  private final MemorySegment list;
  private final int size;

  /** The places that {@link #take} gives no more. */
  private final BitSet gone;

  private int last = NONE;
  private @Nullable Order order;

  /** The numbers of a list from the smallest, each with its place. */
  private static final class Order {
    private final long[] sorted;
    private final int[] places;

    /** For the first of equal numbers, how many of them are not looked at any more. */
    private final int[] taken;

    Order(MemorySegment list) {
      sorted = list.toArray(JAVA_LONG);
      Arrays.parallelSort(sorted);
      places = new int[sorted.length];
      taken = new int[sorted.length];
      for (int place = 0; place < places.length; place++) {
        int first = first(list.getAtIndex(JAVA_LONG, place));
        places[first + taken[first]++] = place;
      }
      Arrays.fill(taken, 0);
    }

    /** The rank of the first number that is not smaller. */
    int first(long number) {
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

    int taken(int rank) {
      return rank < taken.length ? taken[rank] : 0;
    }

    boolean isAt(int rank, long number) {
      return rank < sorted.length && sorted[rank] == number;
    }
  }

  /** Looks into a list, of which some places are taken already. */
  Places(MemorySegment list, BitSet gone) {
    this.list = list;
    this.gone = (BitSet) gone.clone();
    size = Math.toIntExact(list.byteSize() / Long.BYTES);
  }

  /** The place of a number; of equal ones any. */
  int of(long number) {
    if (isNext(number)) {
      return ++last;
    }
    var sorted = order();
    int first = sorted.first(number);
    if (!sorted.isAt(first, number)) {
      return NONE;
    }
    last = sorted.places[first];
    return last;
  }

  /** The place of a number that was not taken yet, which is taken by this. */
  int take(long number) {
    int place = isNext(number) && !gone.get(last + 1) ? last + 1 : search(number);
    if (place != NONE) {
      gone.set(place);
      last = place;
    }
    return place;
  }

  private boolean isNext(long number) {
    return last + 1 < size && list.getAtIndex(JAVA_LONG, last + 1) == number;
  }

  /** The first place of a number that is not taken. */
  private int search(long number) {
    var sorted = order();
    int first = sorted.first(number);
    while (sorted.isAt(first + sorted.taken(first), number)) {
      int place = sorted.places[first + sorted.taken[first]++];
      if (!gone.get(place)) {
        return place;
      }
    }
    return NONE;
  }

  private Order order() {
    var known = order;
    if (known == null) {
      known = new Order(list);
      order = known;
    }
    return known;
  }
}

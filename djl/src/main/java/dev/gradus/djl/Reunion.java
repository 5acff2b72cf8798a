package dev.gradus.djl;

import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.BitSet;

/**
 * Which training examples of now were there in an earlier run.
 *
 * <p>An example is the earlier one of the same name and contents, or else one of the same contents
 * that was named otherwise, as lines of a table are when one above them is gone. An example of an
 * earlier name with other contents has changed, and is taken for another one.
 */
final class Reunion {
  private final KnownInstances then;
  private final KnownInstances now;
  private final int[] earlier;
  private final BitSet found = new BitSet();
  private int changed;

  private Reunion(KnownInstances then, KnownInstances now) {
    this.then = then;
    this.now = now;
    earlier = new int[now.count()];
    Arrays.fill(earlier, Places.NONE);
  }

  static Reunion of(KnownInstances then, KnownInstances now) {
    var reunion = new Reunion(then, now);
    var names = new Places(then.identities(), new BitSet());
    reunion.findSame(names);
    reunion.findRenamed();
    reunion.countChanged(names);
    return reunion;
  }

  private void findSame(Places names) {
    for (int index = 0; index < earlier.length; index++) {
      int place = names.of(now.identities().getAtIndex(JAVA_LONG, index));
      if (place != Places.NONE && contents(then, place) == contents(now, index)) {
        join(index, place);
      }
    }
  }

  private void findRenamed() {
    var rest = new Places(then.contents(), found);
    for (int index = 0; index < earlier.length; index++) {
      int place = earlier[index] == Places.NONE ? rest.take(contents(now, index)) : Places.NONE;
      if (place != Places.NONE) {
        join(index, place);
      }
    }
  }

  private void countChanged(Places names) {
    for (int index = 0; index < earlier.length; index++) {
      if (earlier[index] == Places.NONE) {
        int place = names.of(now.identities().getAtIndex(JAVA_LONG, index));
        changed += place == Places.NONE || found.get(place) ? 0 : 1;
      }
    }
  }

  private void join(int index, int place) {
    earlier[index] = place;
    found.set(place);
  }

  private static long contents(KnownInstances instances, int index) {
    return instances.contents().getAtIndex(JAVA_LONG, index);
  }

  /** Copies what is known of each example that was there; the others keep what they have. */
  void carry(MemorySegment from, MemorySegment to) {
    long size = from.byteSize() / Math.max(1, then.count());
    for (int index = 0; index < earlier.length; index++) {
      if (earlier[index] != Places.NONE) {
        MemorySegment.copy(from, earlier[index] * size, to, index * size, size);
      }
    }
  }

  int size() {
    return earlier.length;
  }

  int earlierSize() {
    return then.count();
  }

  int kept() {
    return found.cardinality();
  }

  int changed() {
    return changed;
  }

  int added() {
    return earlier.length - kept() - changed;
  }

  int gone() {
    return then.count() - kept() - changed;
  }
}

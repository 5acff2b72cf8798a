package dev.gradus.djl;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class PlacesTest {

  private static Places places(long... list) {
    return new Places(MemorySegment.ofArray(list), new BitSet());
  }

  @Test
  void numbersAreFoundInAnyOrder() {
    var places = places(5, -3, 9, 7);
    assertThat(List.of(places.of(5), places.of(-3), places.of(7), places.of(9), places.of(6)))
        .containsExactly(0, 1, 3, 2, Places.NONE);
  }

  @Test
  void equalNumbersAreTakenOneAfterTheOther() {
    var places = places(4, 4, 8, 4);
    assertThat(List.of(places.take(8), places.take(4), places.take(4), places.take(4)))
        .containsExactlyInAnyOrder(2, 3, 0, 1);
    assertThat(places.take(4)).isEqualTo(Places.NONE);
    assertThat(places.take(8)).isEqualTo(Places.NONE);
  }

  @Test
  void whatIsGoneIsNotTaken() {
    var gone = new BitSet();
    gone.set(0);
    var places = new Places(MemorySegment.ofArray(new long[] {4, 6, 4}), gone);
    assertThat(places.take(4)).isEqualTo(2);
    assertThat(places.take(4)).isEqualTo(Places.NONE);
  }

  /** Against lists in a map. */
  @Test
  void manyNumbersAreTakenAsOftenAsTheyAreThere() {
    var random = new Random(3);
    long[] list = random.longs(500, 0, 60).toArray();
    var left = new HashMap<Long, Integer>();
    for (long number : list) {
      left.merge(number, 1, Integer::sum);
    }
    var places = places(list);
    var taken = new ArrayList<Integer>();
    for (int i = 0; i < 2000; i++) {
      long wanted = random.nextLong(0, 70);
      int place = places.take(wanted);
      assertThat(place != Places.NONE).isEqualTo(left.merge(wanted, -1, Integer::sum) >= 0);
      if (place != Places.NONE) {
        assertThat(list[place]).isEqualTo(wanted);
        taken.add(place);
      }
    }
    assertThat(taken).doesNotHaveDuplicates();
  }
}

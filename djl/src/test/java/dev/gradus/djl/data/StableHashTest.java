package dev.gradus.djl.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.foreign.MemorySegment;
import java.util.HashSet;
import java.util.List;
import org.junit.jupiter.api.Test;

class StableHashTest {

  @Test
  void everyBitAndTheLengthCount() {
    var seen = new HashSet<Long>();
    int tried = 0;
    for (int length = 0; length <= 40; length++) {
      var bytes = new byte[length];
      seen.add(StableHash.of(MemorySegment.ofArray(bytes)));
      tried++;
      for (int bit = 0; bit < length * Byte.SIZE; bit++) {
        bytes[bit / Byte.SIZE] ^= (byte) (1 << bit % Byte.SIZE);
        seen.add(StableHash.of(MemorySegment.ofArray(bytes)));
        bytes[bit / Byte.SIZE] ^= (byte) (1 << bit % Byte.SIZE);
        tried++;
      }
    }
    assertThat(seen).hasSize(tried);
  }

  @Test
  void namesThatDifferByANumberDiffer() {
    var seen = new HashSet<Long>();
    for (int number = 0; number < 200_000; number++) {
      seen.add(StableHash.of("line " + number));
    }
    assertThat(seen).hasSize(200_000);
    assertThat(StableHash.of(1, 2)).isNotEqualTo(StableHash.of(2, 1));
  }

  @Test
  void contentsDoNotKnowOfNormalisation() {
    var raw = new Numbered(5, List.of(2L, 3L));
    var view =
        new Normalisation(List.of(3.0, 1.0), List.of(2.0, 5.0)).over(raw).subset(new int[] {4, 2});
    assertThat(view.contents(0)).isEqualTo(raw.contents(4)).isNotEqualTo(view.contents(1));
  }
}

package dev.gradus.djl.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SplitMix64Test {

  @Test
  void keepsItsBitsForEver() {
    var bits = SplitMix64.at(42, 7, 3);
    assertThat(bits.next()).isEqualTo(0x0BC8F279EC388FB4L);
    assertThat(bits.next()).isEqualTo(0xDDE85F1B29C0BF8CL);
    assertThat(bits.next()).isEqualTo(0xB95A052D0ACB0D79L);
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 1, -1, 42, Long.MIN_VALUE})
  void isTheGeneratorOfTheJdk(long seed) {
    var expected = new SplittableRandom(new SplittableRandom(seed).nextLong());
    var bits = SplitMix64.at(seed);
    for (int draw = 0; draw < 100; draw++) {
      assertThat(bits.next()).isEqualTo(expected.nextLong());
    }
  }

  @Test
  void differsFromPlaceToPlace() {
    assertThat(SplitMix64.at(0, 1, 2).next())
        .isNotEqualTo(SplitMix64.at(0, 2, 1).next())
        .isNotEqualTo(SplitMix64.at(0, 1).next())
        .isNotEqualTo(SplitMix64.at(1, 1, 2).next());
  }

  @Test
  void staysBelowTheBoundAndReachesEveryNumber() {
    var bits = SplitMix64.at(1);
    var counts = new int[7];
    IntStream.range(0, 7_000).forEach(draw -> counts[bits.below(7)]++);
    assertThat(IntStream.of(counts)).allMatch(count -> count > 850 && count < 1150);
    assertThat(bits.below(1)).isZero();
    assertThat(bits.below(Integer.MAX_VALUE)).isNotNegative();
  }
}

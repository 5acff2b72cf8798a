package dev.gradus.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.gradus.Halves;
import java.util.HashSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Stochastic rounding of single numbers. */
class RoundingTest {
  private static final int DRAWS = 1 << 16;
  private static final float LARGEST = Halves.cut(Float.MAX_VALUE);

  @ParameterizedTest
  @ValueSource(floats = {1.001f, -0.7071f, 3.14159e-5f, 6.02e23f, -1.4e-40f, 1.00390f})
  void theMeanOfManyIsTheValue(float value) {
    float low = Halves.cut(value);
    double unit = (double) Halves.next(low) - low;
    double share = (value - low) / unit;
    for (long step = 1; step <= 5; step++) {
      float key = (float) Rounding.key("layer.weight", step);
      double up = 0;
      for (int i = 0; i < DRAWS; i++) {
        float rounded = rounded(value, key, i);
        assertThat(rounded).isIn(low, Halves.next(low));
        up += rounded == low ? 0 : 1;
      }
      double deviation = Math.sqrt(share * (1 - share) / DRAWS);
      assertThat(up / DRAWS).isCloseTo(share, within(5 * deviation));
    }
  }

  /** One weight over many steps, which is what training sees. */
  @Test
  void theMeanOverStepsIsTheValue() {
    double sum = 0;
    for (int step = 0; step < DRAWS; step++) {
      sum += rounded(1.001f, (float) Rounding.key("a", step), 7);
    }
    assertThat(sum / DRAWS).isCloseTo(1.001f, within(5 * 0.00781 / 2 / Math.sqrt(DRAWS)));
  }

  @ParameterizedTest
  @ValueSource(
      floats = {
        0,
        -0f,
        1,
        -1.5f,
        0x1p-126f,
        0x1p-133f,
        0x1p127f,
        Float.POSITIVE_INFINITY,
        Float.NEGATIVE_INFINITY
      })
  void numbersOf16BitsStay(float value) {
    for (int i = 0; i < 1000; i++) {
      assertThat(rounded(value, (float) Rounding.key("a", i), i)).isEqualTo(value);
    }
    assertThat(rounded(LARGEST, (float) Rounding.key("a", 1), 0)).isEqualTo(LARGEST);
  }

  @ParameterizedTest
  @ValueSource(ints = {0x7FC0_0000, 0x7F80_0001, 0x7FFF_FFFF, 0xFFFF_FFFF, 0xFF80_0001})
  void notANumberStaysNotANumber(int bits) {
    for (int i = 0; i < 100; i++) {
      assertThat(rounded(Float.intBitsToFloat(bits), (float) Rounding.key("a", i), i)).isNaN();
    }
  }

  @Test
  void aValueBeyondTheLargestIsRoundedToItOrToInfinity() {
    float key = (float) Rounding.key("a", 1);
    var results =
        IntStream.range(0, 100).mapToObj(i -> rounded(Float.MAX_VALUE, key, i)).distinct().toList();
    assertThat(results).isSubsetOf(LARGEST, Float.POSITIVE_INFINITY);
  }

  @Test
  void keysAreFiniteAndDifferByTensorAndStep() {
    var keys = new HashSet<Double>();
    for (int step = 0; step < 10_000; step++) {
      double key = Rounding.key("a", step);
      assertThat(key).isFinite().isEqualTo((float) key);
      keys.add(key);
    }
    assertThat(keys).hasSizeGreaterThan(9_990);
    assertThat(Rounding.key("b", 1)).isNotEqualTo(Rounding.key("a", 1));
  }

  /**
   * Draws of neighbours, of consecutive steps and of two tensors have nothing to do with each
   * other.
   */
  @Test
  void drawsDontDependOnEachOther() {
    float key = (float) Rounding.key("a", 1);
    for (int distance : new int[] {1, 2, 16, 64, 1000}) {
      assertThat(correlation(key, 0, key, distance)).isCloseTo(0, within(0.02));
    }
    assertThat(correlation(key, 0, (float) Rounding.key("a", 2), 0)).isCloseTo(0, within(0.02));
    assertThat(correlation(key, 0, (float) Rounding.key("b", 1), 0)).isCloseTo(0, within(0.02));
  }

  /** Of roundings of 1½ units. */
  private static double correlation(float keyA, int firstA, float keyB, int firstB) {
    float value = 1 + 0x1p-8f;
    double sum = 0;
    for (int i = 0; i < DRAWS; i++) {
      boolean a = rounded(value, keyA, firstA + i) > 1;
      boolean b = rounded(value, keyB, firstB + i) > 1;
      sum += a == b ? 1 : -1;
    }
    return sum / DRAWS;
  }

  private static float rounded(float value, float key, long position) {
    return Rounding.widened(Rounding.upperHalf(Rounding.round(value, key, position)));
  }
}

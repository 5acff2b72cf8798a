package dev.gradus.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.gradus.equation.Combine;
import dev.gradus.equation.Operator;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A number for every row, against the operators one number at a time. */
class RowArithmeticTest {
  private static final double[] ODD = {
    0, -0.0, 1, -1, 0.5, 3e300, -3e300, 1e-300, Double.POSITIVE_INFINITY, Double.NaN, 7
  };

  @ParameterizedTest
  @EnumSource
  void eachRowIsTheOperatorsValue(Operator operator) {
    int rows = ODD.length * ODD.length;
    double[] a = new double[rows];
    double[] b = new double[rows];
    double[] c = new double[rows];
    for (int r = 0; r < rows; r++) {
      a[r] = ODD[r / ODD.length];
      b[r] = ODD[r % ODD.length];
      c[r] = r;
    }
    double[] to = new double[rows];
    RowArithmetic.apply(operator, to, a, b, c);
    double[] wanted =
        IntStream.range(0, rows).mapToDouble(r -> operator.apply(a[r], b[r], c[r])).toArray();
    assertThat(to).containsExactly(wanted);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 3, 4, 5, 8, 11, 4099})
  void everyRowIsFoldedOnce(int count) {
    double[] rows = IntStream.range(0, count).mapToDouble(r -> -r - 0.125).toArray();
    assertThat(RowArithmetic.combine(Combine.SUM, rows))
        .isCloseTo(Arrays.stream(rows).sum(), within(1e-9 * count));
    assertThat(RowArithmetic.combine(Combine.MAXIMUM, rows))
        .isEqualTo(Arrays.stream(rows).max().orElse(Double.NEGATIVE_INFINITY));
  }
}

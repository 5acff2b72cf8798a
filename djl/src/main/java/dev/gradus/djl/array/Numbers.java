package dev.gradus.djl.array;

import dev.gradus.equation.Combine;
import dev.gradus.equation.Operator;
import java.util.Arrays;

/** Arithmetic of the host in double: one number, or one for every row. */
final class Numbers {
  private Numbers() {}

  static double[] apply(Operator operator, double[] a, double[] b, double[] c) {
    var result = new double[Math.max(a.length, Math.max(b.length, c.length))];
    Arrays.setAll(result, i -> operator.apply(at(a, i), at(b, i), at(c, i)));
    return result;
  }

  private static double at(double[] numbers, int row) {
    return numbers[numbers.length == 1 ? 0 : row];
  }

  static double[] repeated(double number, int count) {
    var result = new double[count];
    Arrays.fill(result, number);
    return result;
  }

  static double[] combine(Combine combine, double[] numbers) {
    double result = combine.start();
    for (double number : numbers) {
      result = combine.apply(result, number);
    }
    return new double[] {result};
  }
}

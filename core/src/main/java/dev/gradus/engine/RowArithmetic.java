package dev.gradus.engine;

import dev.gradus.equation.Combine;
import dev.gradus.equation.Operator;

/** Operators applied to a number for every row. Each has a loop of its own, so that it is fast. */
final class RowArithmetic {
  private RowArithmetic() {}

  /** Fills an array with the operator's values; operands it does not have are ignored. */
  static void apply(Operator operator, double[] to, double[] a, double[] b, double[] c) {
    switch (operator) {
      case ADD -> add(to, a, b);
      case SUBTRACT -> subtract(to, a, b);
      case MULTIPLY -> multiply(to, a, b);
      case DIVIDE -> divide(to, a, b);
      case MINIMUM -> minimum(to, a, b);
      case MAXIMUM -> maximum(to, a, b);
      case SQUARE_ROOT -> squareRoot(to, a);
      case ABSOLUTE -> absolute(to, a);
      case SELECT -> select(to, a, b, c);
      default -> others(operator, to, a, b, c);
    }
  }

  private static void add(double[] to, double[] a, double[] b) {
    for (int r = 0; r < to.length; r++) {
      to[r] = a[r] + b[r];
    }
  }

  private static void subtract(double[] to, double[] a, double[] b) {
    for (int r = 0; r < to.length; r++) {
      to[r] = a[r] - b[r];
    }
  }

  private static void multiply(double[] to, double[] a, double[] b) {
    for (int r = 0; r < to.length; r++) {
      to[r] = a[r] * b[r];
    }
  }

  private static void divide(double[] to, double[] a, double[] b) {
    for (int r = 0; r < to.length; r++) {
      to[r] = a[r] / b[r];
    }
  }

  private static void minimum(double[] to, double[] a, double[] b) {
    for (int r = 0; r < to.length; r++) {
      to[r] = Math.min(a[r], b[r]);
    }
  }

  private static void maximum(double[] to, double[] a, double[] b) {
    for (int r = 0; r < to.length; r++) {
      to[r] = Math.max(a[r], b[r]);
    }
  }

  private static void squareRoot(double[] to, double[] a) {
    for (int r = 0; r < to.length; r++) {
      to[r] = Math.sqrt(a[r]);
    }
  }

  private static void absolute(double[] to, double[] a) {
    for (int r = 0; r < to.length; r++) {
      to[r] = Math.abs(a[r]);
    }
  }

  private static void select(double[] to, double[] a, double[] b, double[] c) {
    for (int r = 0; r < to.length; r++) {
      to[r] = a[r] != 0 ? b[r] : c[r];
    }
  }

  /** All rows brought together, in an order that depends on nothing but their number. */
  static double combine(Combine combine, double[] rows) {
    return switch (combine) {
      case SUM -> sum(rows);
      case MAXIMUM -> largest(rows);
    };
  }

  /** Four sums side by side don't wait for each other. */
  private static double sum(double[] rows) {
    double a = 0;
    double b = 0;
    double c = 0;
    double d = 0;
    int whole = rows.length & -4;
    for (int r = 0; r < whole; r += 4) {
      a += rows[r];
      b += rows[r + 1];
      c += rows[r + 2];
      d += rows[r + 3];
    }
    double rest = 0;
    for (int r = whole; r < rows.length; r++) {
      rest += rows[r];
    }
    return ((a + b) + (c + d)) + rest;
  }

  private static double largest(double[] rows) {
    double largest = Double.NEGATIVE_INFINITY;
    for (double row : rows) {
      largest = Math.max(largest, row);
    }
    return largest;
  }

  private static void others(Operator operator, double[] to, double[] a, double[] b, double[] c) {
    for (int r = 0; r < to.length; r++) {
      to[r] = operator.apply(a[r], b[r], c[r]);
    }
  }
}

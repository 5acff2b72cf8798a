package dev.gradus.formula;

import dev.gradus.equation.Combine;
import dev.gradus.equation.Level;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.List;

/** How formulas are written. */
public abstract sealed class Notation permits PlainNotation, LatexNotation {
  private static final MathContext SHOWN = new MathContext(10);
  private static final int MOST_DIGITS = 4;

  private final String minus;
  private final String times;
  private final String modulo;

  /** A notation with these signs between two operands. */
  Notation(String minus, String times, String modulo) {
    this.minus = minus;
    this.times = times;
    this.modulo = modulo;
  }

  /**
   * Plain text with the mathematical characters of Unicode.
   *
   * @return the notation
   */
  public static Notation plain() {
    return new PlainNotation();
  }

  /**
   * LaTeX, for its mathematics mode.
   *
   * @return the notation
   */
  public static Notation latex() {
    return new LatexNotation();
  }

  /** A letter or word, with a prime for a value after the step. */
  abstract Text name(String name);

  abstract Text infinity();

  abstract Text scientific(String digits, int exponent);

  abstract Text over(Text a, Text b);

  abstract Text root(Text a);

  abstract Text magnitude(Text a);

  abstract Text power(Text a, Text exponent);

  abstract Text choose(Text condition, Text whenTrue, Text otherwise);

  abstract Text call(String function, List<Text> arguments);

  /** A Euclidean norm over a row, the tensor or the model. */
  abstract Text norm(Text a, Level over);

  abstract Text fold(Combine combine, Text a, Level over);

  abstract String parentheses(String text);

  Text negative(Text a) {
    return new Text(minus + operand(a, Text.PRODUCT), Text.PRODUCT);
  }

  Text plus(Text a, Text b) {
    return new Text(operand(a, Text.SUM) + " + " + operand(b, Text.SUM), Text.SUM);
  }

  Text minus(Text a, Text b) {
    return new Text(operand(a, Text.SUM) + spaced(minus) + operand(b, Text.PRODUCT), Text.SUM);
  }

  Text times(Text a, Text b) {
    String sign = spaced(times);
    return new Text(operand(a, Text.PRODUCT) + sign + operand(b, Text.PRODUCT), Text.PRODUCT);
  }

  Text remainder(Text a, Text b) {
    String sign = spaced(modulo);
    return new Text(operand(a, Text.PRODUCT) + sign + operand(b, Text.POWER), Text.PRODUCT);
  }

  Text compare(Text a, boolean equal, Text b) {
    String sign = spaced(equal ? "=" : "<");
    return new Text(operand(a, Text.SUM) + sign + operand(b, Text.SUM), Text.COMPARISON);
  }

  private static String spaced(String sign) {
    return " " + sign + " ";
  }

  /** The text of an operand, in parentheses where it binds more loosely than its operator. */
  String operand(Text a, int least) {
    return a.bindsLooserThan(least) ? parentheses(a.text()) : a.text();
  }

  /** A number in few digits: 1 − 0.9 is 0.1. */
  Text number(double value) {
    if (value < 0) {
      return negative(number(-value));
    }
    if (Double.isInfinite(value)) {
      return infinity();
    }
    BigDecimal rounded = new BigDecimal(value).round(SHOWN).stripTrailingZeros();
    int exponent = rounded.precision() - rounded.scale() - 1;
    if (rounded.signum() == 0 || Math.abs(exponent) < MOST_DIGITS) {
      return Text.atom(rounded.signum() == 0 ? "0" : rounded.toPlainString());
    }
    String digits = rounded.scaleByPowerOfTen(-exponent).stripTrailingZeros().toPlainString();
    return scientific(digits, exponent);
  }
}

package dev.gradus.cli.data;

import java.util.OptionalDouble;
import java.util.regex.Pattern;

/** Numbers as people write them in tables; Java's own suffixes, hexadecimals and NaN are not. */
final class Numbers {
  private static final Pattern DECIMAL =
      Pattern.compile("[+-]?(\\d+\\.?\\d*|\\.\\d+)([eE][+-]?\\d+)?");

  private Numbers() {}

  /** The finite number that the text stands for, if it does. */
  static OptionalDouble parse(String text) {
    var stripped = text.strip();
    if (!DECIMAL.matcher(stripped).matches()) {
      return OptionalDouble.empty();
    }
    double number = Double.parseDouble(stripped);
    return Double.isFinite(number) ? OptionalDouble.of(number) : OptionalDouble.empty();
  }

  static boolean isNumber(String text) {
    return parse(text).isPresent();
  }

  static boolean isWhole(String text) {
    var number = parse(text);
    return number.isPresent() && number.getAsDouble() == Math.rint(number.getAsDouble());
  }
}

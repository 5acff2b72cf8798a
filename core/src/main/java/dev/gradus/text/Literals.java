package dev.gradus.text;

import java.util.Arrays;
import java.util.Optional;
import java.util.SortedMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Numbers and words as values of an option's type. */
final class Literals {
  static final String INFINITY = "∞";

  private static final Pattern DECIMAL =
      Pattern.compile("[+-]?([0-9]+(\\.[0-9]*)?|\\.[0-9]+)([eE][+-]?[0-9]+)?");

  private static final Pattern WORD = Pattern.compile("[A-Za-z][A-Za-z0-9_-]*");

  private Literals() {}

  static Optional<?> read(String text, Class<?> type) {
    if (type.isEnum()) {
      return Arrays.stream(type.getEnumConstants())
          .filter(constant -> Words.print(constant).equals(text))
          .findFirst();
    }
    if (type == String.class) {
      return WORD.matcher(text).matches() ? Optional.of(text) : Optional.empty();
    }
    return type == boolean.class ? flag(text) : number(text, type);
  }

  private static Optional<Boolean> flag(String text) {
    return text.equals("true") || text.equals("false")
        ? Optional.of(Boolean.valueOf(text))
        : Optional.empty();
  }

  private static Optional<? extends Number> number(String text, Class<?> type) {
    try {
      if (type == long.class) {
        return Optional.of(Long.valueOf(text));
      }
      if (type == int.class) {
        return Optional.of(Integer.valueOf(text));
      }
      return type == double.class ? decimal(text) : Optional.empty();
    } catch (NumberFormatException notANumber) {
      return Optional.empty();
    }
  }

  private static Optional<Double> decimal(String text) {
    if (text.equals(INFINITY)) {
      return Optional.of(Double.POSITIVE_INFINITY);
    }
    return DECIMAL.matcher(text).matches() ? Optional.of(Double.valueOf(text)) : Optional.empty();
  }

  static String describe(Class<?> type) {
    if (type == SortedMap.class) {
      return "numbers by step, without its name, as in '30: 0.1'";
    }
    if (type.isEnum()) {
      return Arrays.stream(type.getEnumConstants())
          .map(Words::print)
          .collect(Collectors.joining(" or "));
    }
    if (type == String.class) {
      return "a word";
    }
    if (type == boolean.class) {
      return "true or false";
    }
    return type == double.class ? "a number" : "a whole number";
  }
}

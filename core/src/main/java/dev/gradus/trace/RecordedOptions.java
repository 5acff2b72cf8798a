package dev.gradus.trace;

import dev.gradus.UserException;
import dev.gradus.text.Nearest;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** The options of a recorded schedule by name, each read as the kind it is asked for. */
final class RecordedOptions {
  private final String method;
  private final Map<String, String> values;
  private final Set<String> asked = new TreeSet<>();

  RecordedOptions(String method, Map<String, String> values) {
    this.method = method;
    this.values = values;
  }

  double number(String name) {
    return number(name, text(name));
  }

  long count(String name) {
    return count(name, text(name));
  }

  List<Long> counts(String name) {
    return Arrays.stream(text(name).replaceAll("[\\[\\] ]", "").split(","))
        .filter(number -> !number.isEmpty())
        .map(number -> count(name, number))
        .toList();
  }

  boolean flag(String name) {
    return choice(name, "true", "false");
  }

  /** Whether it is the first of two words. */
  boolean choice(String name, String first, String second) {
    String text = text(name);
    if (!text.equals(first) && !text.equals(second)) {
      throw refusal(name, text, first + " or " + second);
    }
    return text.equals(first);
  }

  /**
   * Refuses what nobody has asked for.
   *
   * @throws UserException naming the option and the one that was probably meant
   */
  void requireNoOthers() {
    for (String name : new TreeSet<>(values.keySet())) {
      if (!asked.contains(name)) {
        throw new UserException(
            "Method '%s' has no option '%s'%s".formatted(method, name, Nearest.hint(name, asked)));
      }
    }
  }

  private String text(String name) {
    asked.add(name);
    String text = values.get(name);
    if (text == null) {
      String instead =
          Nearest.of(name, values.keySet()).map(given -> "; is it '" + given + "'?").orElse(".");
      throw new UserException("Method '%s' needs the option %s%s".formatted(method, name, instead));
    }
    return text;
  }

  private long count(String name, String text) {
    double number = number(name, text);
    if (number != (long) number) {
      throw refusal(name, text, "a whole number");
    }
    return (long) number;
  }

  private double number(String name, String text) {
    try {
      return Double.parseDouble(text);
    } catch (NumberFormatException e) {
      throw refusal(name, text, "a number");
    }
  }

  private UserException refusal(String name, String text, String expected) {
    return new UserException(
        "Option %s of '%s' is %s, but must be %s.".formatted(name, method, text, expected));
  }
}

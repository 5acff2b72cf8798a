package dev.gradus.text;

import java.util.Locale;
import java.util.SortedMap;
import java.util.stream.Collectors;

/** Single values as text. */
final class Words {
  private Words() {}

  static String print(Object value) {
    return switch (value) {
      case Double d -> number(d);
      case Enum<?> e -> kebab(e.name());
      case Record r -> RecordType.of(r.getClass()).print(r);
      case SortedMap<?, ?> m ->
          m.entrySet().stream()
              .map(entry -> entry.getKey() + ": " + print(entry.getValue()))
              .collect(Collectors.joining(", "));
      default -> value.toString();
    };
  }

  private static String number(double value) {
    if (Double.isInfinite(value)) {
      return (value > 0 ? "" : "-") + Literals.INFINITY;
    }
    return Double.toString(value).replace("E", "e").replaceFirst("\\.0(?=e|$)", "");
  }

  static String kebab(String constant) {
    return constant.toLowerCase(Locale.ROOT).replace('_', '-');
  }
}

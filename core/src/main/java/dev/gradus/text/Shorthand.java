package dev.gradus.text;

import java.util.Map;

/** Numbers written in place of records of one number, where the option's type allows it. */
final class Shorthand {
  private Shorthand() {}

  static boolean allows(Class<?> type) {
    return type.isAnnotationPresent(NumberMeans.class);
  }

  /** The record that a number stands for; any other value as it is. */
  static Object expand(Class<?> type, Object value) {
    if (!(value instanceof Number number) || !allows(type)) {
      return value;
    }
    RecordType<?> meant = RecordType.of(type.getAnnotation(NumberMeans.class).value());
    return meant.create(Map.of(meant.options().getFirst().name(), number.doubleValue()));
  }

  /** The number that stands for a record; any other value as it is. */
  static Object shorten(Class<?> type, Object value) {
    return allows(type) && value.getClass() == type.getAnnotation(NumberMeans.class).value()
        ? RecordType.of(value.getClass()).first(value)
        : value;
  }
}

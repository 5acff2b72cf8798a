package dev.gradus.text;

import dev.gradus.UserException;
import java.lang.reflect.RecordComponent;

/**
 * One option of a record.
 *
 * @param name the component's name
 * @param type the component's type
 * @param initial its default
 * @param range the values a number may take, as text; empty for other types
 */
public record Option(String name, Class<?> type, Object initial, String range) {
  static Option of(RecordComponent component, Object initial) {
    Range range = component.getAnnotation(Range.class);
    return new Option(
        component.getName(), component.getType(), initial, range == null ? "" : range.value());
  }

  /**
   * Reads a value.
   *
   * @param record the record's name, for the refusal
   * @param text a number, a word, {@code true} or {@code false}, {@code ∞}
   * @return the value
   * @throws UserException naming the record, the option and what it takes
   */
  public Object read(String record, String text) {
    Object value =
        Literals.read(text, type)
            .orElseThrow(
                () ->
                    new UserException(
                        "Option %s of '%s' is %s, but must be %s."
                            .formatted(name, record, text, Literals.describe(type))));
    return checked(record, value);
  }

  /** The value, unless it is a number outside the range. */
  Object checked(String record, Object value) {
    if (value instanceof Number number && !interval().contains(number.doubleValue())) {
      throw new UserException(
          "Option "
              + name
              + " of '"
              + record
              + "' is "
              + Words.print(value)
              + ", but must lie in "
              + interval()
              + ".");
    }
    return value;
  }

  private Interval interval() {
    return range.isEmpty() ? Interval.FINITE : Interval.parse(range);
  }
}

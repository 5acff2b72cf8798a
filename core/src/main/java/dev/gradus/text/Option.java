package dev.gradus.text;

import dev.gradus.UserException;
import java.lang.reflect.RecordComponent;
import java.util.SortedMap;

/**
 * One option of a record.
 *
 * @param name the component's name
 * @param type the component's type
 * @param initial its default
 * @param range the values that a number, or every number of a schedule, may take, as text; empty
 *     for other types
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
    Class<?> written = Shorthand.allows(type) ? double.class : type;
    Object value =
        Literals.read(text, written)
            .orElseThrow(
                () ->
                    new UserException(
                        "Option %s of '%s' is %s, but must be %s."
                            .formatted(name, record, text, Literals.describe(written))));
    return accepted(record, value);
  }

  /**
   * The default as text.
   *
   * @return what would be written to set it
   */
  public String initialText() {
    return Words.print(Shorthand.shorten(type, initial));
  }

  /**
   * What the option takes, in words.
   *
   * @return {@code true or false}, the words of a choice, a kind of number and its range
   */
  public String values() {
    if (Record.class.isAssignableFrom(type) || type.isInterface()) {
      return "a schedule" + (range.isEmpty() ? "" : " or a number in " + range);
    }
    return Literals.describe(type) + (range.isEmpty() ? "" : " in " + range);
  }

  /** The value, unless it is or holds a number outside the range. */
  Object checked(String record, Object value) {
    boolean lies =
        switch (value) {
          case Number number -> interval().contains(number.doubleValue());
          case Bounded many ->
              range.isEmpty() || (contains(many.lowest()) && contains(many.highest()));
          case SortedMap<?, ?> numbers -> numbers.values().stream().allMatch(this::contains);
          default -> true;
        };
    if (!lies) {
      throw new UserException(
          "Option %s of '%s' is %s, but must lie in %s."
              .formatted(name, record, shown(value), interval()));
    }
    return value;
  }

  /** The value in the range, with the record in place of a number that stands for one. */
  Object accepted(String record, Object value) {
    return Shorthand.expand(type, checked(record, value));
  }

  private boolean contains(Object number) {
    return number instanceof Double value && interval().contains(value);
  }

  private String shown(Object value) {
    return Shorthand.shorten(type, value) instanceof Bounded many
        ? "%s to %s".formatted(Words.print(many.lowest()), Words.print(many.highest()))
        : Words.print(Shorthand.shorten(type, value));
  }

  private Interval interval() {
    return range.isEmpty() ? Interval.FINITE : Interval.parse(range);
  }
}

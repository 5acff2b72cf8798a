package dev.gradus.text;

import dev.gradus.text.Call.AtStep;
import dev.gradus.text.Call.Literal;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** Reads numbers by step, {@code 30: 0.1}, into the option of a record that holds them. */
record ByStep(RecordType<?> type, String text) {
  /** Adds one number to the record's settings. */
  void add(AtStep entry, Map<String, Object> settings) {
    int position = entry.step().position();
    Option option = option(position);
    var numbers = new TreeMap<Object, Object>();
    if (settings.get(option.name()) instanceof SortedMap<?, ?> before) {
      numbers.putAll(before);
    }
    if (numbers.put(step(entry.step()), number(entry)) != null) {
      throw new TextException("Step " + entry.step().text() + " is set twice", text, position);
    }
    settings.put(option.name(), numbers);
    Catalogue.pointing(position, text, () -> option.checked(type.name(), numbers));
  }

  private Option option(int position) {
    return type.options().stream()
        .filter(option -> option.type() == SortedMap.class)
        .findFirst()
        .orElseThrow(
            () ->
                new TextException("'" + type.name() + "' takes no values by step", text, position));
  }

  private Long step(Literal key) {
    return Literals.read(key.text(), long.class)
        .map(Long.class::cast)
        .filter(step -> step >= 0)
        .orElseThrow(
            () ->
                new TextException(
                    "A step is a whole number of at least 0, not '" + key.text() + "'",
                    text,
                    key.position()));
  }

  private Double number(AtStep entry) {
    Optional<?> number =
        entry.value() instanceof Literal literal
            ? Literals.read(literal.text(), double.class)
            : Optional.empty();
    return number
        .map(Double.class::cast)
        .orElseThrow(
            () ->
                new TextException(
                    "Step " + entry.step().text() + " takes a number",
                    text,
                    entry.step().position()));
  }
}

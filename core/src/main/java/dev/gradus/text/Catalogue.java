package dev.gradus.text;

import dev.gradus.UserException;
import dev.gradus.text.Call.Argument;
import dev.gradus.text.Call.AtStep;
import dev.gradus.text.Call.Literal;
import dev.gradus.text.Call.Nested;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * The records of one kind that text may name.
 *
 * @param <T> what the records have in common
 */
public final class Catalogue<T> {
  /**
   * A record read from a pipeline.
   *
   * @param name the name written
   * @param record the record
   * @param label what followed {@code as}
   * @param <T> what the catalogue's records have in common
   */
  public record Entry<T>(String name, T record, Optional<String> label) {}

  private final String kind;
  private final Class<T> base;
  private final Map<String, RecordType<? extends T>> types = new LinkedHashMap<>();
  private final List<Catalogue<?>> catalogues;

  /**
   * A catalogue.
   *
   * @param kind what one entry is called in messages: rule, schedule
   * @param base what the records have in common; an option of this type takes a record as its value
   * @param classes the record classes, each with a {@link Name}
   * @param others the catalogues of records that options of other types take as their values
   */
  public Catalogue(
      String kind,
      Class<T> base,
      Collection<? extends Class<? extends T>> classes,
      Catalogue<?>... others) {
    this.kind = kind;
    this.base = base;
    catalogues = Stream.concat(Stream.of(this), Arrays.stream(others)).toList();
    for (Class<? extends T> type : classes) {
      RecordType<? extends T> described = RecordType.of(type);
      types.put(described.name(), described);
    }
  }

  /**
   * The records of the catalogue in the order given.
   *
   * @return the descriptions
   */
  public List<RecordType<? extends T>> types() {
    return List.copyOf(types.values());
  }

  /**
   * The record of a name.
   *
   * @param name the name
   * @return the description, empty if the catalogue has none of this name
   */
  public Optional<RecordType<? extends T>> find(String name) {
    return Optional.ofNullable(types.get(name));
  }

  /**
   * Reads records joined by {@code |}.
   *
   * @param text the text; an empty one is an empty pipeline
   * @return the records from left to right
   * @throws TextException pointing at the character where reading stopped
   */
  public List<Entry<T>> pipeline(String text) {
    var entries = new ArrayList<Entry<T>>();
    for (Call call : new Parser(text).pipeline()) {
      entries.add(new Entry<>(call.name(), create(call, text), call.label()));
    }
    return entries;
  }

  /**
   * Reads one record.
   *
   * @param text the text
   * @return the record
   * @throws TextException pointing at the character where reading stopped
   */
  public T single(String text) {
    return create(new Parser(text).single(), text);
  }

  private T create(Call call, String text) {
    RecordType<? extends T> type = types.get(call.name());
    if (type == null) {
      throw new TextException(
          "Unknown " + kind + " '" + call.name() + "'",
          text,
          call.position(),
          Nearest.hint(call.name(), types.keySet()));
    }
    var settings = new HashMap<String, Object>();
    for (int i = 0; i < call.arguments().size(); i++) {
      Argument argument = call.arguments().get(i);
      if (argument.value() instanceof AtStep entry) {
        new ByStep(type, text).add(entry, settings);
        continue;
      }
      Option option = option(type, argument, i, text);
      Object written = value(option, argument, text);
      Object value =
          pointing(argument.position(), text, () -> option.accepted(type.name(), written));
      if (settings.put(option.name(), value) != null) {
        throw new TextException(
            "Option " + option.name() + " is set twice", text, argument.position());
      }
    }
    return pointing(call.position(), text, () -> type.create(settings));
  }

  /** Adds the place to what a record or an option has against its values. */
  static <R> R pointing(int position, String text, Supplier<R> made) {
    try {
      return made.get();
    } catch (UserException e) {
      String problem = String.valueOf(e.getMessage()).replaceFirst("\\.$", "");
      throw new TextException(problem, text, position);
    }
  }

  private Option option(RecordType<? extends T> type, Argument argument, int index, String text) {
    if (argument.name().isEmpty()) {
      if (index > 0 || type.options().isEmpty()) {
        throw new TextException(
            "Only the first argument of '" + type.name() + "' may stand without a name",
            text,
            argument.position());
      }
      return type.options().getFirst();
    }
    String name = argument.name().get();
    List<String> known = type.options().stream().map(Option::name).toList();
    return type.options().stream()
        .filter(o -> o.name().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new TextException(
                    "'" + type.name() + "' has no option '" + name + "'",
                    text,
                    argument.position(),
                    Nearest.hint(name, known)));
  }

  private Object value(Option option, Argument argument, String text) {
    Optional<Object> number = number(option, argument);
    return number.orElseGet(
        () ->
            catalogues.stream()
                .filter(catalogue -> catalogue.base == option.type())
                .findFirst()
                .<Object>map(catalogue -> catalogue.create(asCall(argument), text))
                .orElseGet(() -> literal(option, argument, text)));
  }

  /** A number where the option's type lets it stand for a record. */
  private static Optional<Object> number(Option option, Argument argument) {
    return Shorthand.allows(option.type()) && argument.value() instanceof Literal literal
        ? Literals.read(literal.text(), double.class).map(Object.class::cast)
        : Optional.empty();
  }

  private static Object literal(Option option, Argument argument, String text) {
    Optional<?> value =
        argument.value() instanceof Literal literal
            ? Literals.read(literal.text(), option.type())
            : Optional.empty();
    return value.orElseThrow(
        () ->
            new TextException(
                "Option " + option.name() + " takes " + Literals.describe(option.type()),
                text,
                argument.position()));
  }

  private static Call asCall(Argument argument) {
    return switch (argument.value()) {
      case Literal word -> new Call(word.text(), List.of(), Optional.empty(), word.position());
      case Nested nested -> nested.call();
      case AtStep entry -> throw new IllegalStateException("An entry is no call: " + entry);
    };
  }
}

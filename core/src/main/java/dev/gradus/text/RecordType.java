package dev.gradus.text;

import dev.gradus.UserException;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * What the text form needs to know of a record class: its name, its options, how to make one.
 *
 * @param <T> the record class
 */
public final class RecordType<T> {
  private static final ClassValue<RecordType<?>> KNOWN =
      new ClassValue<>() {
        @Override
        protected RecordType<?> computeValue(Class<?> type) {
          return new RecordType<>(type);
        }
      };

  private final Class<T> type;
  private final String name;
  private final RecordComponent[] components;
  private final List<Option> options;

  private RecordType(Class<T> type) {
    Name named = type.getAnnotation(Name.class);
    if (!type.isRecord() || named == null) {
      throw new IllegalArgumentException(type + " must be a record with a @Name");
    }
    this.type = type;
    this.name = named.value();
    this.components = type.getRecordComponents();
    this.options = options(construct(new Class<?>[0], new Object[0]));
  }

  /**
   * The description of a record class.
   *
   * @param type a record with a {@link Name} and a constructor without arguments
   * @param <T> the record class
   * @return its description
   */
  @SuppressWarnings("unchecked")
  public static <T> RecordType<T> of(Class<T> type) {
    return (RecordType<T>) KNOWN.get(type);
  }

  /**
   * What its documentation says.
   *
   * @return the documentation in its source file
   */
  public Documentation documentation() {
    return Documentation.of(type);
  }

  /**
   * The record's name in text.
   *
   * @return the name
   */
  public String name() {
    return name;
  }

  /**
   * The record's options in order, with their defaults.
   *
   * @return the options
   */
  public List<Option> options() {
    return options;
  }

  /**
   * A record with some options set and the rest at their defaults.
   *
   * @param settings values by option name
   * @return the record
   */
  public T create(Map<String, Object> settings) {
    Object[] values = options.stream().map(option -> value(option, settings)).toArray();
    return construct(
        Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new), values);
  }

  private Object value(Option option, Map<String, Object> settings) {
    return option.accepted(name, settings.getOrDefault(option.name(), option.initial()));
  }

  /**
   * The value of one of a record's options.
   *
   * @param record the record
   * @param option the option's name
   * @return its value, empty if the record has no such option
   */
  public Optional<Object> value(Object record, String option) {
    return IntStream.range(0, components.length)
        .filter(i -> components[i].getName().equals(option))
        .mapToObj(i -> value(record, i))
        .findFirst();
  }

  /**
   * A copy of a record with one option changed.
   *
   * @param record the record to copy
   * @param option the option's name
   * @param value its new value
   * @return the copy
   */
  public T with(Object record, String option, Object value) {
    var settings = new HashMap<String, Object>();
    IntStream.range(0, components.length)
        .forEach(i -> settings.put(components[i].getName(), value(record, i)));
    settings.put(option, value);
    return create(settings);
  }

  /**
   * Refuses values outside their options' ranges; a record's constructor calls it.
   *
   * @param type the record class
   * @param values the components' values in order
   * @throws UserException naming the record, the option, the value and its range
   */
  public static void check(Class<?> type, Object... values) {
    RecordComponent[] components = type.getRecordComponents();
    Name named = type.getAnnotation(Name.class);
    for (int i = 0; i < components.length; i++) {
      Option.of(components[i], values[i])
          .checked(named == null ? type.getSimpleName() : named.value(), values[i]);
    }
  }

  /**
   * The record as text, with the options that are not at their defaults.
   *
   * @param record the record
   * @return text that parses back to an equal record
   */
  public String print(Object record) {
    var settings = new ArrayList<String>();
    for (int i = 0; i < components.length; i++) {
      Object value = value(record, i);
      if (!value.equals(options.get(i).initial())) {
        Object shown = Shorthand.shorten(components[i].getType(), value);
        settings.add((isNamed(i) ? components[i].getName() + "=" : "") + Words.print(shown));
      }
    }
    return settings.isEmpty()
        ? name
        : settings.stream().collect(Collectors.joining(", ", name + "(", ")"));
  }

  /** A record's only option goes without its name, and so do numbers by step. */
  private boolean isNamed(int component) {
    long named =
        Arrays.stream(components).filter(other -> other.getType() != SortedMap.class).count();
    return components[component].getType() != SortedMap.class && named > 1;
  }

  /** The value of the first option. */
  Object first(Object record) {
    return value(record, 0);
  }

  private List<Option> options(Object defaults) {
    return IntStream.range(0, components.length)
        .mapToObj(i -> Option.of(components[i], value(defaults, i)))
        .toList();
  }

  private Object value(Object record, int component) {
    try {
      return components[component].getAccessor().invoke(record);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(type + " must be public", e);
    }
  }

  private T construct(Class<?>[] types, Object[] values) {
    try {
      Constructor<T> constructor = type.getConstructor(types);
      return constructor.newInstance(values);
    } catch (InvocationTargetException e) {
      throw e.getCause() instanceof RuntimeException cause ? cause : new IllegalStateException(e);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(
          type + " must be public and have a public constructor without arguments", e);
    }
  }
}

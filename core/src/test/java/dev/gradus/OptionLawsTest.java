package dev.gradus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gradus.schedule.Schedule;
import dev.gradus.schedule.Schedules;
import dev.gradus.text.Option;
import dev.gradus.text.RecordType;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What holds for the options of every rule and schedule. */
class OptionLawsTest {
  static Stream<RecordType<?>> everyRecord() {
    return Stream.concat(Rules.CATALOGUE.types().stream(), Schedules.CATALOGUE.types().stream());
  }

  /** A program calls constructors, past all that reads text. */
  @ParameterizedTest
  @MethodSource("everyRecord")
  void aConstructorRefusesNumbersOutsideTheRange(RecordType<?> type) throws Exception {
    Object byDefault = type.create(Map.of());
    RecordComponent[] components = byDefault.getClass().getRecordComponents();
    for (int i = 0; i < components.length; i++) {
      Option option = type.options().get(i);
      for (double outside : outside(option.range())) {
        Object[] values = values(byDefault, components);
        Optional<Object> value = valueOf(option.type(), outside);
        if (value.isPresent()) {
          values[i] = value.get();
          assertThatThrownBy(() -> construct(byDefault.getClass(), components, values))
              .isInstanceOf(UserException.class)
              .hasMessageMatching(
                  "Option %s of '%s' is .+, but must lie in .+\\."
                      .formatted(option.name(), type.name()));
        }
      }
    }
    assertThat(construct(byDefault.getClass(), components, values(byDefault, components)))
        .isEqualTo(byDefault);
  }

  /** The nearest numbers that do not belong to a range such as {@code [0, 1)}, and no number. */
  private static List<Double> outside(String range) {
    var outside = new ArrayList<Double>();
    if (!range.isEmpty()) {
      String[] ends = range.substring(1, range.length() - 1).split(",", 2);
      double low = Double.parseDouble(ends[0].strip());
      double high = Double.parseDouble(ends[1].strip().replace("∞", "Infinity"));
      outside.add(range.startsWith("(") ? low : Math.min(low - 1, Math.nextDown(low)));
      if (range.endsWith(")") || high < Double.POSITIVE_INFINITY) {
        outside.add(range.endsWith(")") ? high : Math.nextUp(high));
      }
      outside.add(Double.NaN);
    }
    return outside;
  }

  private static Optional<Object> valueOf(Class<?> type, double number) {
    if (type == long.class) {
      return Double.isFinite(number) ? Optional.of((long) number) : Optional.empty();
    }
    if (type == SortedMap.class) {
      return Optional.of(new TreeMap<>(Map.of(1L, number)));
    }
    return Optional.of(type == Schedule.class ? new Unchecked(number) : number);
  }

  private record Unchecked(double lowest, double highest) implements Schedule {
    Unchecked(double always) {
      this(always, always);
    }

    @Override
    public double multiplier(long step, long totalSteps) {
      return lowest;
    }
  }

  private static Object[] values(Object instance, RecordComponent[] components) throws Exception {
    var values = new Object[components.length];
    for (int i = 0; i < values.length; i++) {
      values[i] = components[i].getAccessor().invoke(instance);
    }
    return values;
  }

  private static Object construct(Class<?> type, RecordComponent[] components, Object[] values)
      throws Exception {
    Constructor<?> constructor =
        type.getConstructor(
            Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new));
    try {
      return constructor.newInstance(values);
    } catch (InvocationTargetException e) {
      throw e.getCause() instanceof Exception cause ? cause : e;
    }
  }
}

package dev.gradus;

import dev.gradus.equation.Pipeline;
import dev.gradus.equation.Rule;
import dev.gradus.text.Option;
import dev.gradus.text.RecordType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;

/** Rules and schedules with settings drawn from the ranges of their options. */
public final class Settings {
  private static final int DRAWS = 200;
  private static final List<String> TOGETHER =
      List.of(
          "centralise | clip-norm(0.1) | adamp(weightDecay=0) | decay(0.1) | unit-rows(every=2,"
              + " rescale=true)",
          "novograd | project(delta=3) | caution | lookahead(2)",
          "rmsprop(centered=true, beta2=0.5)",
          "lion | trust-ratio | clip-norm(norm=max) | ema(0.5)",
          "adam | hybrid(outerRate=0.1, correction=outside) | decay(0.1) | unit-rows",
          "novograd | hybrid(gamma=0.3, rule=pow2, zero=floor)");

  private Settings() {}

  /**
   * Every rule of the catalogue alone, at its defaults and with one drawn setting, and a few long
   * pipelines.
   */
  public static List<Pipeline> pipelines() {
    var pipelines = new ArrayList<Pipeline>();
    TOGETHER.forEach(text -> pipelines.add(Rules.parse(text)));
    for (RecordType<? extends Rule> type : Rules.CATALOGUE.types()) {
      pipelines.add(Rules.parse(type.name()));
      pipelines.add(drawnPipeline(type, new Random(type.name().hashCode())));
    }
    return pipelines;
  }

  private static Pipeline drawnPipeline(RecordType<? extends Rule> type, Random random) {
    return Stream.generate(() -> type.print(drawn(type, random)))
        .limit(DRAWS)
        .filter(Settings::isAccepted)
        .findFirst()
        .map(Rules::parse)
        .orElseThrow();
  }

  /** Whether the rules of a pipeline fit together. */
  public static boolean isAccepted(String pipeline) {
    try {
      Rules.parse(pipeline);
      return true;
    } catch (UserException refused) {
      return false;
    }
  }

  /** A record whose options lie in their ranges and that its constructor accepts. */
  public static <T> T drawn(RecordType<T> type, Random random) {
    UserException last = null;
    for (int i = 0; i < DRAWS; i++) {
      var settings = new HashMap<String, Object>();
      type.options().forEach(option -> settings.put(option.name(), drawn(option, random)));
      try {
        return type.create(settings);
      } catch (UserException refused) {
        last = refused;
      }
    }
    throw new AssertionError("No drawn setting of " + type.name() + " is accepted", last);
  }

  private static Object drawn(Option option, Random random) {
    Class<?> type = option.type();
    if (type == boolean.class) {
      return random.nextBoolean();
    }
    if (type.isEnum()) {
      return type.getEnumConstants()[random.nextInt(type.getEnumConstants().length)];
    }
    if (type == double.class) {
      return number(option.range(), random);
    }
    if (type == long.class) {
      return (long) lowest(option.range()) + random.nextInt(4);
    }
    return option.initial();
  }

  private static double lowest(String range) {
    return Double.parseDouble(range.substring(1, range.indexOf(',')));
  }

  /** Inside the range, small where it has no end. */
  private static double number(String range, Random random) {
    double low = lowest(range);
    String end = range.substring(range.indexOf(',') + 1, range.length() - 1).strip();
    return end.equals("∞")
        ? low + Math.pow(10, random.nextDouble(-4, 0.5))
        : random.nextDouble(low + 1e-3, Double.parseDouble(end) - 1e-3);
  }
}

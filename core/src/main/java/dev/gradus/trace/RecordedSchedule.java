package dev.gradus.trace;

import dev.gradus.UserException;
import dev.gradus.schedule.Cosine;
import dev.gradus.schedule.CosineRestarts;
import dev.gradus.schedule.Exponential;
import dev.gradus.schedule.Fade;
import dev.gradus.schedule.Linear;
import dev.gradus.schedule.Milestones;
import dev.gradus.schedule.OneCycle;
import dev.gradus.schedule.Polynomial;
import dev.gradus.schedule.Schedule;
import dev.gradus.schedule.Step;
import dev.gradus.schedule.Warmup;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A schedule of the vocabulary of traces, whose options are those of PyTorch's schedulers: they
 * name learning rates where the records of {@link dev.gradus.schedule} name factors.
 *
 * @param baseRate the learning rate that the schedule's factors multiply
 * @param schedule the factors
 */
public record RecordedSchedule(double baseRate, Schedule schedule) {
  private static final String TOTAL_STEPS = "totalSteps";

  /**
   * The schedule of a method.
   *
   * @param method {@code schedule-cosine}, {@code schedule-one-cycle}, …
   * @param options its options, as text by name; several numbers as {@code [30, 60]}
   * @return the schedule
   * @throws UserException if the method or an option is not known, or an option is missing or of
   *     another kind
   */
  public static RecordedSchedule of(String method, Map<String, String> options) {
    var given = new RecordedOptions(method, options);
    Schedule schedule = schedule(method, given);
    double baseRate =
        switch (schedule) {
          case OneCycle _ -> given.number("maximum");
          case Fade _ -> 1;
          default -> given.number(Methods.LEARNING_RATE);
        };
    given.requireNoOthers();
    return new RecordedSchedule(baseRate, schedule);
  }

  private static Schedule schedule(String method, RecordedOptions given) {
    return switch (method) {
      case "schedule-constant-factor" ->
          new Milestones(given.number("factor"), new TreeMap<>(Map.of(given.count("steps"), 1.0)));
      case "schedule-cosine" -> new Cosine(floor(given), given.count(TOTAL_STEPS));
      case "schedule-cosine-restarts" ->
          new CosineRestarts(floor(given), given.count("firstPeriod"), given.count("periodFactor"));
      case "schedule-exponential" -> new Exponential(given.number("factor"));
      case "schedule-gamma" ->
          new Fade(given.number("gamma"), given.count("patience"), given.flag("inverse"), 1);
      case "schedule-linear" ->
          new Linear(
              given.number("startFactor"), given.number("endFactor"), given.count(TOTAL_STEPS));
      case "schedule-milestones" ->
          new Milestones(1, powers(given.counts("milestones"), given.number("factor")));
      case "schedule-one-cycle" -> oneCycle(given);
      case "schedule-polynomial" -> new Polynomial(given.number("power"), given.count(TOTAL_STEPS));
      case "schedule-step" -> new Step(given.count("stepSize"), given.number("factor"));
      case "schedule-warmup-cosine" -> warmupCosine(given);
      default -> throw new UserException("No schedule is called '" + method + "'.");
    };
  }

  /** A milestone named twice counts twice. */
  private static SortedMap<Long, Double> powers(List<Long> milestones, double factor) {
    var powers = new TreeMap<Long, Double>();
    List<Long> sorted = milestones.stream().sorted().toList();
    for (int passed = 1; passed <= sorted.size(); passed++) {
      powers.put(sorted.get(passed - 1), Math.pow(factor, passed));
    }
    return powers;
  }

  private static Schedule oneCycle(RecordedOptions given) {
    return new OneCycle(
        given.number("warmupFraction"),
        given.choice("anneal", "cos", "linear") ? OneCycle.Anneal.COS : OneCycle.Anneal.LINEAR,
        given.number("divFactor"),
        given.number("finalDivFactor"),
        given.flag("threePhase"),
        given.count(TOTAL_STEPS));
  }

  private static Schedule warmupCosine(RecordedOptions given) {
    long steps = given.count("warmupSteps");
    return new Warmup(
        steps,
        given.number("startFactor"),
        new Cosine(floor(given), given.count(TOTAL_STEPS) - steps));
  }

  private static double floor(RecordedOptions given) {
    return given.number("minimum") / given.number(Methods.LEARNING_RATE);
  }

  /**
   * The learning rate of a step. Every published schedule names its own length.
   *
   * @param step the step, counted from 0
   * @return base rate × factor
   */
  public double rate(long step) {
    return baseRate * schedule.multiplier(step, Long.MAX_VALUE);
  }
}

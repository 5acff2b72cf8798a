package dev.gradus;

import dev.gradus.equation.Pipeline;
import dev.gradus.equation.Rule;
import dev.gradus.equation.Stage;
import dev.gradus.schedule.Constant;
import dev.gradus.schedule.Schedule;
import dev.gradus.text.Option;
import dev.gradus.text.RecordType;
import java.util.EnumSet;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * How some of the parameters are trained. Where several groups match a parameter, the last wins.
 *
 * @param names which parameters, as a pattern in which {@code *} stands for any letters and {@code
 *     ?} for one
 * @param types which types of parameters
 * @param pipeline the update rules
 * @param learningRate the base learning rate, in [0, ∞)
 * @param schedule how the learning rate changes
 * @param decayEverything whether weight decay also acts on biases and on parameters of
 *     normalisation layers
 */
public record Group(
    String names,
    Set<ParameterType> types,
    Pipeline pipeline,
    double learningRate,
    Schedule schedule,
    boolean decayEverything) {
  private static final String DECAY = "weightDecay";

  /** Copies the types and refuses a learning rate below 0 or not finite. */
  public Group {
    types = Set.copyOf(types);
    if (!(learningRate >= 0) || Double.isInfinite(learningRate)) {
      throw new UserException(
          "The learning rate of group '"
              + names
              + "' is "
              + learningRate
              + ", but must be a finite number of at least 0.");
    }
  }

  /**
   * All parameters, at a constant learning rate, without decay of biases and normalisation.
   *
   * @param pipeline the update rules
   * @param learningRate the learning rate, in [0, ∞)
   * @return the group
   */
  public static Group all(Pipeline pipeline, double learningRate) {
    return new Group(
        "*", EnumSet.allOf(ParameterType.class), pipeline, learningRate, new Constant(), false);
  }

  /**
   * The same group for other parameters.
   *
   * @param pattern see {@link #names()}
   * @return the changed group
   */
  public Group named(String pattern) {
    return new Group(pattern, types, pipeline, learningRate, schedule, decayEverything);
  }

  /**
   * The same group for some types only.
   *
   * @param which the types
   * @return the changed group
   */
  public Group ofTypes(Set<ParameterType> which) {
    return new Group(names, which, pipeline, learningRate, schedule, decayEverything);
  }

  /**
   * The same group with other rules.
   *
   * @param changed the update rules
   * @return the changed group
   */
  public Group with(Pipeline changed) {
    return new Group(names, types, changed, learningRate, schedule, decayEverything);
  }

  /**
   * The same group at another learning rate.
   *
   * @param changed the base learning rate, in [0, ∞)
   * @return the changed group
   */
  public Group withLearningRate(double changed) {
    return new Group(names, types, pipeline, changed, schedule, decayEverything);
  }

  /**
   * The same group with a schedule.
   *
   * @param changed the schedule
   * @return the changed group
   */
  public Group withSchedule(Schedule changed) {
    return new Group(names, types, pipeline, learningRate, changed, decayEverything);
  }

  /**
   * The same group with weight decay on every parameter.
   *
   * @return the changed group
   */
  public Group decayingEverything() {
    return new Group(names, types, pipeline, learningRate, schedule, true);
  }

  /**
   * Whether the group is meant for a parameter.
   *
   * @param parameter the parameter
   * @return true if name and type match
   */
  public boolean matches(Parameter parameter) {
    return types.contains(parameter.type()) && glob(names).matcher(parameter.name()).matches();
  }

  Pipeline pipelineFor(Parameter parameter) {
    boolean exempt =
        parameter.type() == ParameterType.BIAS || parameter.type() == ParameterType.NORM;
    return exempt && !decayEverything
        ? new Pipeline(pipeline.stages().stream().map(Group::withoutDecay).toList())
        : pipeline;
  }

  private static Stage withoutDecay(Stage stage) {
    RecordType<? extends Rule> type = RecordType.of(stage.rule().getClass());
    return type.options().stream().map(Option::name).anyMatch(DECAY::equals)
        ? new Stage(stage.name(), type.with(stage.rule(), DECAY, 0.0), stage.label())
        : stage;
  }

  private static Pattern glob(String pattern) {
    var regex = new StringBuilder();
    pattern
        .codePoints()
        .forEach(
            c ->
                regex.append(
                    switch (c) {
                      case '*' -> ".*";
                      case '?' -> ".";
                      default -> Pattern.quote(Character.toString(c));
                    }));
    return Pattern.compile(regex.toString(), Pattern.DOTALL);
  }
}

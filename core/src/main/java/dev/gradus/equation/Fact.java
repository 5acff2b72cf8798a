package dev.gradus.equation;

import dev.gradus.schedule.Schedule;
import java.util.List;
import java.util.Optional;

/**
 * A number that the host knows before the step: a learning rate, the size of a tensor, a rule's
 * setting that changes over the run.
 */
public final class Fact extends Expression {
  private final String name;
  private final Optional<Schedule> schedule;

  Fact(long id, String name, Level level, Optional<Schedule> schedule) {
    super(id, level, List.of());
    this.name = name;
    this.schedule = schedule;
  }

  /**
   * {@return the fact of a name}
   *
   * @param name the fact's name
   * @param level STEP if it is the same for all tensors, TENSOR otherwise
   */
  public static Fact of(String name, Level level) {
    return Expressions.fact(name, level, Optional.empty());
  }

  /**
   * {@return a setting that changes over the run}
   *
   * @param name the setting's name
   * @param schedule its value in every step
   */
  public static Fact of(String name, Schedule schedule) {
    return Expressions.fact(name, Level.STEP, Optional.of(schedule));
  }

  /** {@return the name} */
  public String name() {
    return name;
  }

  /** {@return the value in every step, if it is a setting} */
  public Optional<Schedule> schedule() {
    return schedule;
  }
}

package dev.gradus.schedule;

import dev.gradus.text.Catalogue;
import java.util.List;

/** The schedules that text may name. */
public final class Schedules {
  /** Every schedule of this package. */
  public static final Catalogue<Schedule> CATALOGUE =
      new Catalogue<>(
          "schedule",
          Schedule.class,
          List.of(
              Constant.class,
              Warmup.class,
              Cosine.class,
              CosineRestarts.class,
              OneCycle.class,
              Linear.class,
              Polynomial.class,
              Exponential.class,
              Step.class,
              Milestones.class,
              Fade.class,
              Plateau.class,
              Boost.class));

  private Schedules() {}

  /**
   * Reads a schedule.
   *
   * @param text such as {@code warmup(steps=500, then=cosine)}
   * @return the schedule
   * @throws dev.gradus.text.TextException pointing at the character where reading stopped
   */
  public static Schedule parse(String text) {
    return CATALOGUE.single(text);
  }
}

package dev.gradus.schedule;

import java.util.ArrayList;
import java.util.List;

/**
 * What a run has measured so far, in the order in which it was measured. Schedules with a memory
 * are functions of it, so a run that goes on from a checkpoint with its history goes on exactly.
 *
 * @param observations the measurements, those after fewer steps first
 */
public record History(List<Observation> observations) {
  /** The history of a run that has measured nothing. */
  public static final History EMPTY = new History(List.of());

  /**
   * A measurement.
   *
   * @param steps how many steps had been taken; the first step that can depend on it has this index
   * @param metric what was measured, such as {@code loss} on the validation examples
   * @param value the figure
   */
  public record Observation(long steps, String metric, double value) {}

  /** Copies the list. */
  public History {
    observations = List.copyOf(observations);
  }

  /**
   * The history with one more measurement.
   *
   * @param observation what was measured, after at least as many steps as the last
   * @return the longer history
   */
  public History with(Observation observation) {
    var longer = new ArrayList<>(observations);
    longer.add(observation);
    return new History(longer);
  }

  /**
   * The measurements of one metric.
   *
   * @param metric its name
   * @return the measurements in order
   */
  public List<Observation> of(String metric) {
    return observations.stream().filter(seen -> seen.metric().equals(metric)).toList();
  }

  /**
   * What was measured after the beginning of a run, as seen by a schedule that begins later.
   *
   * @param start the step at which the schedule begins
   * @return the measurements after that step, steps counted from it
   */
  public History after(long start) {
    return new History(
        observations.stream()
            .filter(seen -> seen.steps() > start)
            .map(seen -> new Observation(seen.steps() - start, seen.metric(), seen.value()))
            .toList());
  }
}

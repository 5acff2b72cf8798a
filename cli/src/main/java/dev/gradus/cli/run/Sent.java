package dev.gradus.cli.run;

import dev.gradus.exchange.Traffic;
import java.util.SequencedMap;

/**
 * What the first of several workers sent to the others since the run was started last.
 *
 * @param bytesPerStep what left it of its gradients in a step, in the mean, counted for each worker
 *     that it was sent to
 * @param compression how many times as large as its packs the gradients are in single precision
 * @param stepMillis how long a step took in the mean; 0 if there were too few
 * @param medianMillis the same in the median; 0 too if an earlier version wrote it
 * @param packingMillis how long packing takes in a step
 * @param waitingMillis how long it waits for the others in a step
 * @param tensors the compression of each tensor, by the parameter's name
 */
public record Sent(
    long bytesPerStep,
    double compression,
    double stepMillis,
    double medianMillis,
    double packingMillis,
    double waitingMillis,
    SequencedMap<String, Double> tensors) {
  private static final double NANOS_PER_MILLI = 1e6;

  /**
   * Sums up.
   *
   * @param traffic of all steps so far
   * @param stepSeconds how long a step took in the mean
   * @param medianSeconds how long a step took in the median
   * @return the means over all steps
   */
  public static Sent of(Traffic traffic, double stepSeconds, double medianSeconds) {
    return new Sent(
        traffic.bytesPerStep(),
        traffic.compression(),
        1e3 * stepSeconds,
        1e3 * medianSeconds,
        traffic.packing() / NANOS_PER_MILLI / Math.max(1, traffic.steps()),
        traffic.waiting() / NANOS_PER_MILLI / Math.max(1, traffic.steps()),
        traffic.compressions());
  }
}

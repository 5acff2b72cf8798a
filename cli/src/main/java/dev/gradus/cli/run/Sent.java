package dev.gradus.cli.run;

import dev.gradus.exchange.Traffic;
import java.util.LinkedHashMap;
import java.util.SequencedMap;

/**
 * What the first of several workers sent to each other one since the run was started last.
 *
 * @param bytesPerStep the packs of a step in the mean
 * @param compression how many times as large the gradients are in single precision
 * @param packingMillis how long packing takes in a step
 * @param waitingMillis how long it waits for the others in a step
 * @param tensors the compression of each tensor, by the parameter's name
 */
public record Sent(
    long bytesPerStep,
    double compression,
    double packingMillis,
    double waitingMillis,
    SequencedMap<String, Double> tensors) {
  private static final double NANOS_PER_MILLI = 1e6;

  /**
   * Sums up.
   *
   * @param traffic of one step or more
   * @return the means over all steps
   */
  public static Sent of(Traffic traffic) {
    var tensors = new LinkedHashMap<String, Double>();
    for (var sent : traffic.sent()) {
      double dense = (double) sent.parameter().shape().size() * Float.BYTES * traffic.steps();
      tensors.put(sent.parameter().name(), dense / Math.max(1, sent.bytes()));
    }
    return new Sent(
        traffic.bytesPerStep(),
        traffic.compression(),
        traffic.packing() / NANOS_PER_MILLI / traffic.steps(),
        traffic.waiting() / NANOS_PER_MILLI / traffic.steps(),
        tensors);
  }
}

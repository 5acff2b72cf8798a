package dev.gradus.exchange;

import dev.gradus.Parameter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.stream.Stream;

/**
 * What a worker has sent of its gradients, and how long that took.
 *
 * @param steps how many exchanges
 * @param packing nanoseconds of packing
 * @param waiting nanoseconds of waiting for what others sent, sums included
 * @param bytes all that has left this worker, counted for each worker that it was sent to; without
 *     the headers of messages
 * @param packed what each parameter was packed into
 */
public record Traffic(long steps, long packing, long waiting, long bytes, List<Packed> packed) {

  /**
   * What one parameter was packed into.
   *
   * @param parameter the parameter
   * @param bytes all its packs so far, with their lengths, counted once however many workers get
   *     them
   */
  public record Packed(Parameter parameter, long bytes) {}

  /**
   * What leaves this worker in a step, in the mean.
   *
   * @return bytes; 0 before the first step
   */
  public long bytesPerStep() {
    return bytes / Math.max(1, steps);
  }

  /**
   * How many times as much the gradients would be in single precision.
   *
   * @return 1 for gradients as they are; 1 before the first step
   */
  public double compression() {
    long packs = sent().mapToLong(Packed::bytes).sum();
    long floats = sent().mapToLong(each -> each.parameter().shape().size()).sum();
    return packs == 0 ? 1 : (double) floats * Float.BYTES * steps / packs;
  }

  /** The parameters that had gradients. */
  private Stream<Packed> sent() {
    return packed.stream().filter(each -> each.bytes() > 0);
  }

  /**
   * The same for each parameter.
   *
   * @return how many times as much its gradients would be, by its name; parameters that had none
   *     are left out
   */
  public SequencedMap<String, Double> compressions() {
    var compressions = new LinkedHashMap<String, Double>();
    sent()
        .forEach(
            each -> {
              double dense = (double) each.parameter().shape().size() * Float.BYTES * steps;
              compressions.put(each.parameter().name(), dense / each.bytes());
            });
    return compressions;
  }
}

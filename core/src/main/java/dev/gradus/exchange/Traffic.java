package dev.gradus.exchange;

import dev.gradus.Parameter;
import java.util.List;

/**
 * What a worker has sent of its gradients, and how long that took.
 *
 * @param steps how many exchanges
 * @param packing nanoseconds of packing
 * @param waiting nanoseconds of waiting for what others sent, sums of large tensors included
 * @param sent what each parameter was packed into
 */
public record Traffic(long steps, long packing, long waiting, List<Sent> sent) {

  /**
   * What one parameter was packed into.
   *
   * @param parameter the parameter
   * @param bytes all its packs so far, with their lengths, counted once however many workers get
   *     them
   */
  public record Sent(Parameter parameter, long bytes) {}

  /**
   * What packs of one step have in the mean.
   *
   * @return bytes; 0 before the first step
   */
  public long bytesPerStep() {
    return sent.stream().mapToLong(Sent::bytes).sum() / Math.max(1, steps);
  }

  /**
   * How many times as much the gradients would be in single precision.
   *
   * @return 1 for gradients as they are; 1 before the first step
   */
  public double compression() {
    long dense = sent.stream().mapToLong(each -> each.parameter().shape().size()).sum();
    return steps == 0 ? 1 : (double) dense * Float.BYTES / Math.max(1, bytesPerStep());
  }
}

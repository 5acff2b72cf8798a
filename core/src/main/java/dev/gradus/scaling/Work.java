package dev.gradus.scaling;

import java.util.List;

/**
 * What a worker does in a step.
 *
 * @param compute the median time of a step without any exchange, in seconds
 * @param spread how much times vary: the standard deviation of their logarithms, 0 or more; about
 *     the standard deviation divided by the mean while it is small
 * @param loads the tensors, in the order of the network
 */
public record Work(double compute, double spread, List<Load> loads) {

  /** Copies the list. */
  public Work {
    loads = List.copyOf(loads);
  }

  /**
   * The same work with times that vary otherwise.
   *
   * @param deviation of the logarithms of times
   * @return the work
   */
  public Work withSpread(double deviation) {
    return new Work(compute, deviation, loads);
  }

  /**
   * The same work with another time of a step.
   *
   * @param seconds the median time of a step without any exchange
   * @return the work
   */
  public Work withCompute(double seconds) {
    return new Work(seconds, spread, loads);
  }

  /**
   * How much less a worker's gradient has than 4 bytes per weight.
   *
   * @return for the whole network
   */
  public double compression() {
    double bytes = loads.stream().mapToDouble(Load::bytes).sum();
    return loads.stream().mapToDouble(Load::weights).sum() * Float.BYTES / bytes;
  }

  /**
   * How long a worker packs its gradient and adds one worker's pack.
   *
   * @return seconds of a step
   */
  public double packing() {
    return loads.stream().mapToDouble(load -> load.pack() + load.unpack()).sum();
  }
}

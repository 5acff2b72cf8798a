package dev.gradus.cli.scaling;

import dev.gradus.scaling.Work;
import java.util.List;

/**
 * What a rehearsal measured.
 *
 * @param schemes each with the work of a worker, the dense one first
 */
public record Rehearsed(List<Scheme> schemes) {

  /** Copies the list. */
  public Rehearsed {
    schemes = List.copyOf(schemes);
  }

  /**
   * A scheme by which gradients are packed.
   *
   * @param compressor the scheme as text
   * @param work what a worker does in a step with it
   */
  public record Scheme(String compressor, Work work) {}

  /**
   * The same with times that vary otherwise.
   *
   * @param spread the standard deviation of the logarithms of times, 0 or more
   * @return what would have been measured
   */
  public Rehearsed withSpread(double spread) {
    return new Rehearsed(
        schemes.stream()
            .map(each -> new Scheme(each.compressor(), each.work().withSpread(spread)))
            .toList());
  }

  /**
   * The same with another time of a step.
   *
   * @param compute the median time of a step without any exchange, in seconds
   * @return what would have been measured
   */
  public Rehearsed withCompute(double compute) {
    return new Rehearsed(
        schemes.stream()
            .map(each -> new Scheme(each.compressor(), each.work().withCompute(compute)))
            .toList());
  }

  /**
   * What all are compared with.
   *
   * @return the work without a compressor
   */
  public Work dense() {
    return schemes.getFirst().work();
  }
}

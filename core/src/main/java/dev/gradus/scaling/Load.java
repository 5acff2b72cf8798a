package dev.gradus.scaling;

/**
 * What a worker has to do with the gradient of one tensor in a step.
 *
 * @param tensor the tensor's name
 * @param weights how many weights it has
 * @param bytes what a worker's gradient has when it is sent, on average over steps
 * @param pack how long packing takes, in seconds
 * @param unpack how long adding the gradient of one worker takes, in seconds
 * @param manner how it reaches the other workers
 */
public record Load(
    String tensor, long weights, double bytes, double pack, double unpack, Manner manner) {

  /** How gradients reach the other workers. */
  public enum Manner {
    /** Each worker sends its pack to every other; all add all packs. */
    GATHER,
    /** Each worker adds a part of the tensor for all and sends the sums out. */
    SUM
  }

  /** What both come to. */
  Load with(Load other) {
    return new Load(
        tensor + ", " + other.tensor,
        weights + other.weights,
        bytes + other.bytes,
        pack + other.pack,
        unpack + other.unpack,
        manner);
  }

  /**
   * How much less is sent than 4 bytes per weight.
   *
   * @return 4 × weights ÷ bytes
   */
  public double compression() {
    return (double) weights * Float.BYTES / bytes;
  }
}

package dev.gradus.bench;

import dev.gradus.Parameter;
import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;

/** Someone else's AdamW. Two that bring a PyTorch each can't live in one JVM. */
interface Peer {
  /**
   * Prepares to take steps on copies of some weights and gradients.
   *
   * @param parameters the shapes
   * @param memory the weights and gradients
   * @param threads how many threads share a step
   * @return a step
   */
  Runnable steps(List<Parameter> parameters, Memory memory, int threads);

  /** The peer that only the Maven profile {@code peers} adds. */
  static Optional<Peer> libtorch() {
    return ServiceLoader.load(Peer.class).findFirst();
  }
}

package dev.gradus.djl;

import dev.gradus.djl.data.Examples;
import java.util.Arrays;
import java.util.List;

/**
 * What the first layers of a network make of examples, as in use: without dropout, with running
 * statistics.
 *
 * @param network the network; it must have its weights
 * @param layers its first layers, one or more, as {@link NetworkLayer#of} tells them
 * @param batch how many examples are computed at a time, 1 or more
 */
public record Activations(Network network, List<NetworkLayer> layers, int batch) {

  /** Copies the list. */
  public Activations {
    layers = List.copyOf(layers);
  }

  /**
   * Computes them.
   *
   * @param examples what is read
   * @return the outputs of the last of the layers, an example a row in the order of the examples
   */
  public float[][] of(Examples examples) {
    var all = new float[examples.size()][];
    new Reading(network, batch, inputs -> network.forward(layers, inputs))
        .of(
            examples,
            (read, outputs, _) -> {
              float[] values = outputs.toFloatArray();
              int width = values.length / read.size();
              for (int place = 0; place < read.size(); place++) {
                all[read.index(place)] =
                    Arrays.copyOfRange(values, place * width, (place + 1) * width);
              }
            });
    return all;
  }
}

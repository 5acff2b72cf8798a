package dev.gradus.djl;

import ai.djl.ndarray.NDScope;
import dev.gradus.djl.data.Augmentation;
import dev.gradus.djl.data.Examples;
import dev.gradus.djl.data.Task;
import java.util.SequencedMap;

/**
 * Reads examples through a network and measures its answers; nothing is learned.
 *
 * <table>
 *   <caption>The metrics of each task, in this order</caption>
 *   <tr><th>task</th><th>metrics</th></tr>
 *   <tr><td>classification</td><td>{@code loss}, {@code accuracy}, {@code auc} (mean over the
 *       classes, each against the rest), {@code f1} (mean over the classes)</td></tr>
 *   <tr><td>regression</td><td>{@code loss}, {@code rmse} and {@code mae} in the user's units,
 *       {@code r2}</td></tr>
 *   <tr><td>next character</td><td>{@code loss} in nats, {@code perplexity}, {@code
 *       bitsPerCharacter}, {@code accuracy}</td></tr>
 * </table>
 *
 * @param network the network; it must have its weights
 * @param task what the targets mean
 * @param loss measures the loss, unweighted
 * @param batch how many examples are computed at a time, 1 or more
 */
public record Evaluation(Network network, Task task, Loss loss, int batch) {

  /**
   * Measures a network on some examples.
   *
   * @param examples what is read, in order; at least one
   * @return the metrics by name; those that are not defined for these examples are left out
   */
  public SequencedMap<String, Double> of(Examples examples) {
    var meter = Meter.of(task);
    var batches = Batches.inOrder(examples.size(), batch).from(0, 0, 1);
    try (var prefetch = new Prefetch(examples, new Augmentation.None(), 0, batch, batches)) {
      while (prefetch.hasNext()) {
        var arrays = new BatchArrays(prefetch.next(), examples);
        Torch.withoutGradients(() -> add(arrays, meter));
      }
    }
    return meter.values();
  }

  private Meter add(BatchArrays arrays, Meter meter) {
    try (var scope = new NDScope();
        var manager = network.newScope()) {
      scope.suppressNotUsedWarning();
      var targets = arrays.targets(manager);
      var outputs = network.forward(arrays.inputs(manager), false);
      var losses = loss.ofEach(outputs, targets);
      meter.add(outputs.toFloatArray(), targets.toFloatArray(), losses.toFloatArray());
      return meter;
    }
  }
}

package dev.gradus.djl;

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
    return of(examples, (_, _, _) -> {});
  }

  /** Measures, and shows every batch to somebody else too. */
  SequencedMap<String, Double> of(Examples examples, Reading.Visitor other) {
    var meter = Meter.of(task);
    new Reading(network, batch)
        .of(
            examples,
            (batch, outputs, targets) -> {
              meter.add(
                  outputs.toFloatArray(),
                  targets.toFloatArray(),
                  loss.ofEach(outputs, targets).toFloatArray());
              other.visit(batch, outputs, targets);
            });
    return meter.values();
  }
}

package dev.gradus.examples;

import ai.djl.ndarray.NDManager;
import dev.gradus.Group;
import dev.gradus.Rules;
import dev.gradus.djl.Checkpoints;
import dev.gradus.djl.EarlyStopping;
import dev.gradus.djl.Evaluation;
import dev.gradus.djl.Loss;
import dev.gradus.djl.Network;
import dev.gradus.djl.Training;
import dev.gradus.djl.telemetry.EpochTable;
import dev.gradus.schedule.Schedules;
import java.nio.file.Path;

/**
 * A run of our own loop: validation, early stopping, checkpoints, a table of epochs. Kill it at any
 * moment and start it again: it goes on where it was and ends with the same bits.
 */
public final class OwnLoop {
  private OwnLoop() {}

  /**
   * Trains and prints how it went.
   *
   * @param arguments a folder for the run, and at most how many epochs; 200 unless given
   */
  public static void main(String[] arguments) {
    var folder = Path.of(arguments[0]);
    int epochs = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 200;
    try (var manager = NDManager.newBaseManager();
        var network = Network.of("spirals", Spirals.network())) {
      var data = Spirals.data(manager);
      var result =
          Training.of(network, data)
              .group(
                  Group.all(Rules.parse("clip-norm(1) | adamp"), 1e-2)
                      .withSchedule(Schedules.parse("cosine")))
              .batch(32)
              .epochs(epochs)
              .earlyStopping(EarlyStopping.after(15))
              .checkpoints(Checkpoints.in(folder.resolve("checkpoints")).resuming())
              .listener(new EpochTable(folder.resolve("epochs.csv")))
              .run();
      System.out.printf(
          "%s after %d epochs, best epoch %d, test %s%n",
          result.outcome(), result.epochs(), result.bestEpoch() + 1, result.test());
      var evaluation = new Evaluation(network, data.task(), Loss.of(data.task()), 32);
      System.out.printf("validation again %s%n", evaluation.of(data.validation()));
    }
  }
}

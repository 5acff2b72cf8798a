package dev.gradus.cli;

import dev.gradus.UserException;
import dev.gradus.cli.data.LoadListener;
import dev.gradus.djl.Training;
import dev.gradus.spark.WorkerPlace;
import dev.gradus.spark.WorkerTraining;
import java.io.IOException;
import java.nio.file.Files;
import org.jline.utils.Signals;

/**
 * What a Spark worker trains: the settings of a run, whose data it reads by itself.
 *
 * @param settings a run file
 */
record SparkWorker(String settings) implements WorkerTraining {

  private static final String CTRL_C = "INT";

  @Override
  public Training training(WorkerPlace place) {
    ignoreInterrupts(place);
    var train = read(settings);
    var data = train.open(LoadListener.SILENT);
    train.complete(data);
    var network = place.rank() == 0 ? train.network(data) : train.untrained(data);
    place.closeBehind(network::close);
    return train.training(network, data);
  }

  /**
   * A terminal sends Ctrl-C to the executors of a local cluster as well, which would end before the
   * driver could ask for a last checkpoint.
   */
  private static void ignoreInterrupts(WorkerPlace place) {
    var before = Signals.register(CTRL_C, () -> {});
    place.closeBehind(() -> Signals.unregister(CTRL_C, before));
  }

  static TrainSettings read(String settings) {
    try {
      var file = Files.createTempFile("gradus-", ".yaml");
      try {
        Files.writeString(file, settings);
        return FilledSettings.of(file, RunFile.read(file).entries()).train();
      } finally {
        Files.delete(file);
      }
    } catch (IOException failure) {
      throw new UserException("A worker can't write a temporary file: " + failure, failure);
    }
  }
}

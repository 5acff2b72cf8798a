package dev.gradus.cli;

import dev.gradus.djl.Training;
import dev.gradus.spark.WorkerPlace;
import dev.gradus.spark.WorkerTraining;
import org.jline.utils.Signals;

/**
 * What a Spark worker trains.
 *
 * @param settings those of the run
 */
record SparkWorker(SparkSettings settings) implements WorkerTraining {

  private static final String CTRL_C = "INT";

  @Override
  public Training training(WorkerPlace place) {
    ignoreInterrupts(place);
    var train = settings.read();
    var data = settings.open(train, place);
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
}

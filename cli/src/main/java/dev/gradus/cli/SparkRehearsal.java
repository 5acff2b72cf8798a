package dev.gradus.cli;

import dev.gradus.cli.run.Json;
import dev.gradus.cli.scaling.Plan;
import dev.gradus.djl.RangeTest;
import dev.gradus.exchange.Transport;
import dev.gradus.spark.WorkerPlace;
import dev.gradus.spark.WorkerPreparation;

/**
 * Lets Spark's workers predict their steps: they rehearse some, and measure what connects them.
 *
 * @param settings those of the run
 */
record SparkRehearsal(SparkSettings settings) implements WorkerPreparation {

  @Override
  public String prepare(WorkerPlace place, Transport transport) {
    var train = settings.read();
    var data = RangeTest.trainingPart(settings.open(train, place));
    train.complete(data);
    try (var network = train.untrained(data)) {
      var training = train.rehearsal(network, data);
      return Json.text(Plan.of(training, network, train.workers.compressor(), transport));
    }
  }
}

package dev.gradus.bench;

import dev.gradus.Group;
import dev.gradus.Rules;
import dev.gradus.compress.Compressor;
import dev.gradus.djl.Training;
import dev.gradus.djl.TrainingListener;
import dev.gradus.djl.data.DataSet;
import dev.gradus.djl.data.Normalisation;
import dev.gradus.djl.data.Task;
import dev.gradus.djl.model.Models;
import dev.gradus.exchange.LocalTransport;
import java.time.Duration;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;

/**
 * A network that trains on random images of 28×28 as the only worker of a team.
 *
 * @param network the network's name
 * @param pipeline the optimizer
 * @param batch the examples of a step
 * @param steps how many steps
 */
record ImageTraining(String network, String pipeline, int batch, int steps) {
  private static final Duration DEADLINE = Duration.ofMinutes(1);

  /**
   * Trains.
   *
   * @param compressor packs gradients and takes them from there again
   * @param asked is asked in every step whether to stop: behind the backward pass and the search
   *     for gradients that are not finite, before anything is packed
   * @param listener is told of every step
   */
  void run(Compressor compressor, BooleanSupplier asked, TrainingListener listener) {
    var data = data();
    try (var trained = Models.of(network).network(data.train().inputShape(), data.task())) {
      Training.of(trained, data)
          .group(Group.all(Rules.parse(pipeline), 1e-3))
          .batch(batch)
          .epochs(1)
          .workers(LocalTransport.team(1, DEADLINE).getFirst(), compressor)
          .stopWhen(asked)
          .listener(listener)
          .run();
    }
  }

  private DataSet data() {
    var images = new RandomImages(batch * steps);
    var none = images.subset(new int[0]);
    var classes = IntStream.range(0, RandomImages.CLASSES).mapToObj(Integer::toString).toList();
    var task = new Task.Classification(classes);
    return new DataSet(
        "random images", List.of(), task, List.of(), Normalisation.NONE, images, none, none);
  }
}

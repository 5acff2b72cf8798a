package dev.gradus.djl;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.training.Trainer;
import ai.djl.training.listener.EarlyStoppingListener.EarlyStoppedException;
import ai.djl.training.listener.TrainingListener.BatchData;
import ai.djl.translate.Batchifier;
import dev.gradus.djl.data.Examples;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BiConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The trainers whose listeners look on at a run. */
final class Onlookers implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Onlookers.class);

  private final Network network;
  private final List<Trainer> trainers = new ArrayList<>();

  Onlookers(Network network) {
    this.network = network;
  }

  /** Makes the trainers of a training's listeners, which tells these that it begins. */
  void begin(Training training) {
    for (var listener : training.listeners) {
      if (listener instanceof DjlListeners djl) {
        trainers.add(djl.trainer(training));
      }
    }
  }

  /** Where a batch stands in its epoch, from 1, and how many batches that has. */
  record Place(long number, long of) {}

  boolean none() {
    return trainers.isEmpty();
  }

  /** Tells of a training batch whose gradients are there. */
  void trained(Batch batch, Examples examples, Place place, NDArray outputs) {
    tell(
        batch,
        examples,
        place,
        outputs,
        (trainer, seen) ->
            trainer.notifyListeners(listener -> listener.onTrainingBatch(trainer, seen)));
  }

  /** Tells of validation examples as they are read. */
  Reading.Visitor validation(Examples examples, int batch) {
    var number = new AtomicLong();
    long all = Math.ceilDiv(examples.size(), batch);
    return (read, outputs, _) -> {
      if (!none()) {
        validated(read, examples, new Place(number.incrementAndGet(), all), outputs);
      }
    };
  }

  private void validated(Batch batch, Examples examples, Place place, NDArray outputs) {
    tell(
        batch,
        examples,
        place,
        outputs,
        (trainer, seen) ->
            trainer.notifyListeners(listener -> listener.onValidationBatch(trainer, seen)));
  }

  private void tell(
      Batch batch,
      Examples examples,
      Place place,
      NDArray outputs,
      BiConsumer<Trainer, BatchData> call) {
    try (var manager = network.newScope()) {
      var data = data(manager, new BatchArrays(batch, examples), place, outputs);
      Torch.withoutGradients(
          () -> {
            trainers.forEach(trainer -> call.accept(trainer, data));
            return data;
          });
    }
  }

  private static BatchData data(
      NDManager manager, BatchArrays arrays, Place place, NDArray outputs) {
    var labels = new NDList(arrays.targets(manager));
    var seen =
        new ai.djl.training.dataset.Batch(
            manager,
            new NDList(arrays.inputs(manager)),
            labels,
            arrays.batch().size(),
            Batchifier.STACK,
            Batchifier.STACK,
            place.number(),
            place.of());
    var cpu = Device.cpu();
    return new BatchData(seen, Map.of(cpu, labels), Map.of(cpu, new NDList(outputs)));
  }

  /** Tells of the end of an epoch; true if a listener wants the run to end. */
  boolean epochEnded() {
    try {
      trainers.forEach(trainer -> trainer.notifyListeners(listener -> listener.onEpoch(trainer)));
      return false;
    } catch (EarlyStoppedException wanted) {
      LOG.info("A listener ends the run: {}", wanted.getMessage());
      return true;
    }
  }

  /** Ends the trainers, which tells their listeners. */
  @Override
  public void close() {
    trainers.forEach(Trainer::close);
  }
}

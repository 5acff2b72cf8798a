package dev.gradus.djl.doctor;

import ai.djl.Device;
import ai.djl.Model;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import ai.djl.nn.LambdaBlock;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.core.Linear;
import ai.djl.training.DefaultTrainingConfig;
import ai.djl.training.EasyTrain;
import ai.djl.training.Trainer;
import ai.djl.training.TrainingConfig;
import ai.djl.training.dataset.ArrayDataset;
import ai.djl.training.loss.Loss;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Whether DJL's loop waits for the devices that it has given work to. */
final class UnjoinedDevices {
  private static final int DEVICES = 2;
  private static final long LONG_MILLISECONDS = 300;
  private static final long PATIENCE_SECONDS = 5;

  private UnjoinedDevices() {}

  /** A batch on two devices is done when both have computed their half. */
  static Finding check(String check) throws Exception {
    var computed = new AtomicInteger();
    try (var pool = Executors.newFixedThreadPool(DEVICES);
        var model = Model.newInstance("doctor")) {
      model.setBlock(slow(computed));
      var config =
          new DefaultTrainingConfig(Loss.l2Loss())
              .optDevices(new Device[] {Device.cpu()})
              .optExecutorService(pool);
      try (var trainer = new TwoDevices(model, config)) {
        trainer.initialize(new Shape(1, 1));
        var manager = trainer.getManager();
        var data =
            new ArrayDataset.Builder()
                .setData(manager.ones(new Shape(DEVICES, 1)))
                .optLabels(manager.ones(new Shape(DEVICES, 1)))
                .setSampling(DEVICES, false)
                .build();
        computed.set(0);
        for (var batch : trainer.iterateDataset(data)) {
          EasyTrain.trainBatch(trainer, batch);
        }
        int done = computed.get();
        pool.shutdown();
        pool.awaitTermination(PATIENCE_SECONDS, TimeUnit.SECONDS);
        return finding(check, done);
      }
    }
  }

  /** The processor, given work as if it were two. */
  private static final class TwoDevices extends Trainer {
    TwoDevices(Model model, TrainingConfig config) {
      super(model, config);
    }

    @Override
    public Device[] getDevices() {
      return new Device[] {Device.cpu(), Device.cpu()};
    }
  }

  private static Block slow(AtomicInteger computed) {
    return new SequentialBlock()
        .add(Linear.builder().setUnits(1).build())
        .add(new LambdaBlock(values -> passOn(values, computed), "slow"));
  }

  private static NDList passOn(NDList values, AtomicInteger computed) {
    try {
      Thread.sleep(LONG_MILLISECONDS);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
    computed.incrementAndGet();
    return values;
  }

  private static Finding finding(String check, int computed) {
    var found = "%d of %d devices had computed when a batch was done".formatted(computed, DEVICES);
    return computed == DEVICES
        ? Finding.fine(check, found)
        : Finding.warning(
            check,
            found + ": EasyTrain does not wait for them",
            "train on one device, or with a loop of your own that joins them");
  }
}

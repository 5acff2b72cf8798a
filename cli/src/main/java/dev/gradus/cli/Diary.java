package dev.gradus.cli;

import static java.lang.System.Logger.Level.INFO;
import static java.lang.System.Logger.Level.WARNING;

import dev.gradus.djl.TrainingEvent;
import dev.gradus.djl.TrainingListener;
import dev.gradus.exchange.Traffic;

/** Tells the log what happens, in words. */
final class Diary implements TrainingListener {
  private static final System.Logger LOG = System.getLogger(Diary.class.getName());
  private static final double NANOS_PER_MILLI = 1e6;

  @Override
  public void on(TrainingEvent event) {
    switch (event) {
      case TrainingEvent.Started started -> start(started);
      case TrainingEvent.StepDone _, TrainingEvent.InstancesLearned _ -> {}
      case TrainingEvent.Noticed noticed -> LOG.log(WARNING, noticed.sentence());
      case TrainingEvent.StepSkipped skipped -> LOG.log(WARNING, skipped(skipped));
      case TrainingEvent.EpochDone done ->
          LOG.log(
              INFO,
              "Epoch %d after step %d: train loss %s, validation %s%s"
                  .formatted(
                      done.epoch() + 1,
                      done.step(),
                      done.trainLoss(),
                      done.validation(),
                      done.best() ? ", the best so far" : ""));
      case TrainingEvent.Exchanged exchanged -> LOG.log(INFO, sent(exchanged.traffic()));
      case TrainingEvent.CheckpointWritten written ->
          LOG.log(
              INFO,
              "Checkpoint %s, %d ms"
                  .formatted(written.file().getFileName(), written.duration().toMillis()));
      case TrainingEvent.Ended ended ->
          LOG.log(
              INFO,
              "Ended after step %d (%s): test %s"
                  .formatted(
                      ended.result().steps(), ended.result().outcome(), ended.result().test()));
    }
  }

  private static void start(TrainingEvent.Started started) {
    LOG.log(
        INFO,
        "From step %d of %d, %d epochs, %d weights"
            .formatted(started.step(), started.totalSteps(), started.epochs(), started.weights()));
    started.problems().forEach(problem -> LOG.log(WARNING, problem));
  }

  private static String sent(Traffic traffic) {
    double steps = NANOS_PER_MILLI * Math.max(1, traffic.steps());
    return "Sent %,d bytes a step, gradients packed %.1f times smaller; %.2f ms packing, %.2f ms waiting for others"
        .formatted(
            traffic.bytesPerStep(),
            traffic.compression(),
            traffic.packing() / steps,
            traffic.waiting() / steps);
  }

  private static String skipped(TrainingEvent.StepSkipped skipped) {
    return "Step %d was left out, because %s is not finite (%d so far)."
        .formatted(skipped.step() + 1, skipped.what(), skipped.skipped());
  }
}

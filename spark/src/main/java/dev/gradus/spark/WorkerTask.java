package dev.gradus.spark;

import dev.gradus.UserException;
import dev.gradus.compress.Compressors;
import dev.gradus.djl.DivergedException;
import dev.gradus.djl.NotFiniteException;
import dev.gradus.exchange.LostWorkerException;
import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.UUID;
import org.apache.spark.BarrierTaskContext;
import org.apache.spark.SparkEnv;
import org.jspecify.annotations.Nullable;

/**
 * What an executor does: it joins the others, trains, and tells the driver how it went.
 *
 * @param job names this attempt
 * @param driver where the driver listens
 * @param preparation what comes before it; null for nothing
 * @param description describes the training
 * @param compressor how gradients are packed, as text
 * @param deadline how long it waits for another worker
 * @param checkpoints where checkpoints are shared; null for none
 */
record WorkerTask(
    UUID job,
    String driver,
    @Nullable WorkerPreparation preparation,
    WorkerTraining description,
    String compressor,
    Duration deadline,
    @Nullable SharedCheckpoints checkpoints)
    implements Serializable {
  private static final Duration BETWEEN_STEPS = Duration.ofMillis(100);

  /**
   * Trains; a worker that fails tells the driver why, and then fails its stage. It leaves the
   * others behind that, or they would tell the driver first that it was lost.
   */
  void run(BarrierTaskContext context) {
    if (context.stageAttemptNumber() > 0) {
      throw new IllegalStateException("Spark began the stage again; the driver does so by itself.");
    }
    try (var line = DriverLine.to(driver, job, deadline, BETWEEN_STEPS);
        var place = new WorkerPlace(context.partitionId(), context.getTaskInfos().length)) {
      try {
        var executor = SparkEnv.get().executorId();
        line.tell(
            new Report.Joined(context.partitionId(), executor, ProcessHandle.current().pid()));
        if (preparation != null) {
          prepare(preparation, context, place, line);
          place.closeOpened();
        }
        train(context, place, line);
      } catch (RuntimeException | Error failure) {
        line.tell(report(failure, place.rank()));
        throw failure;
      }
    }
  }

  private static Report report(Throwable failure, int rank) {
    return switch (failure) {
      case LostWorkerException lost ->
          new Report.Lost(lost.rank(), String.valueOf(lost.getMessage()));
      case DivergedException diverged -> new Report.Unbounded(diverged.step(), diverged.what());
      case NotFiniteException diverged -> new Report.NotFinite(diverged.step(), diverged.what());
      case UserException mistake -> new Report.Refused(String.valueOf(mistake.getMessage()));
      default -> new Report.Refused("Worker %d failed: %s".formatted(rank, failure));
    };
  }

  private void prepare(
      WorkerPreparation preparation,
      BarrierTaskContext context,
      WorkerPlace place,
      DriverLine line) {
    var transport = SparkTransport.join(context, ofPreparation(), deadline);
    place.closeBehind(transport::close);
    var found = preparation.prepare(place, transport);
    if (place.rank() == 0) {
      line.tell(new Report.Prepared(found));
    }
  }

  private UUID ofPreparation() {
    return UUID.nameUUIDFromBytes((job + " preparation").getBytes(StandardCharsets.US_ASCII));
  }

  private void train(BarrierTaskContext context, WorkerPlace place, DriverLine line) {
    var transport = SparkTransport.join(context, job, deadline);
    place.closeBehind(transport::close);
    try (var staging = Staging.of(checkpoints, place.rank(), place.workers())) {
      var training =
          description
              .training(place)
              .workers(transport, Compressors.parse(compressor))
              .stopWhen(line::stopWanted);
      staging.into(training);
      if (place.rank() == 0) {
        training.listener(event -> line.tell(new Report.Happened(event)));
      }
      training.run();
    }
  }
}

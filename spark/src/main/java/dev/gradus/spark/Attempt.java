package dev.gradus.spark;

import dev.gradus.UserException;
import dev.gradus.djl.DivergedException;
import dev.gradus.djl.NotFiniteException;
import dev.gradus.djl.TrainingEvent;
import dev.gradus.djl.TrainingResult;
import java.io.Serializable;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.apache.spark.BarrierTaskContext;
import org.apache.spark.api.java.JavaSparkContext;
import org.jspecify.annotations.Nullable;
import scala.Function1;
import scala.collection.Iterator;
import scala.jdk.javaapi.CollectionConverters;
import scala.reflect.ClassTag$;

/** One barrier stage of all workers, and what the driver hears from it. */
final class Attempt {
  private static final Duration PAUSE = Duration.ofMillis(200);

  /** Behind a failure others may tell the reason; then Spark need not try by itself. */
  private static final Duration GRACE = Duration.ofSeconds(1);

  /** The cores are there, but tasks of a lost attempt may still be ending on them. */
  private static final Duration BEGINNING = Duration.ofMinutes(2);

  private final JavaSparkContext spark;
  private final int workers;
  private final WorkerTask task;
  private final DriverDesk desk;
  private final Consumer<TrainingEvent> listener;
  private final Consumer<String> prepared;
  private final Map<Integer, Report.Joined> places = new HashMap<>();
  private final long begun = System.nanoTime();
  private @Nullable TrainingResult result;
  private @Nullable End failure;
  private long failed;

  /** How an attempt ended. */
  sealed interface End {}

  /** The training has come to its end, or was stopped. */
  record Ended(TrainingResult result) implements End {}

  /** A worker can't train, or the training has diverged. */
  record Refused(UserException why) implements End {}

  /** A worker was lost. */
  record Lost(String sentence) implements End {}

  Attempt(
      JavaSparkContext spark,
      int workers,
      WorkerTask task,
      DriverDesk desk,
      Consumer<TrainingEvent> listener,
      Consumer<String> prepared) {
    this.spark = spark;
    this.workers = workers;
    this.task = task;
    this.desk = desk;
    this.listener = listener;
    this.prepared = prepared;
  }

  End run() {
    var stage = stage();
    try {
      while (!stage.isDone() && !isFailureOld()) {
        hear(desk.next(PAUSE));
        requireBeginning();
      }
      for (var report = desk.next(Duration.ZERO);
          report != null;
          report = desk.next(Duration.ZERO)) {
        hear(report);
      }
      return end(stage);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while workers train", interrupted);
    } finally {
      stage.cancel(true);
    }
  }

  private Future<List<Integer>> stage() {
    return spark
        .parallelize(IntStream.range(0, workers).boxed().toList(), workers)
        .rdd()
        .barrier()
        .mapPartitions(work(task), false, ClassTag$.MODULE$.apply(Integer.class))
        .toJavaRDD()
        .collectAsync();
  }

  private static Function1<Iterator<Integer>, Iterator<Integer>> work(WorkerTask task) {
    return (Function1<Iterator<Integer>, Iterator<Integer>> & Serializable)
        ranks -> {
          task.run(BarrierTaskContext.get());
          return CollectionConverters.asScala(List.<Integer>of().iterator());
        };
  }

  private void hear(@Nullable Report report) {
    switch (report) {
      case null -> {}
      case Report.Joined joined -> places.put(joined.rank(), joined);
      case Report.Prepared(var found) -> prepared.accept(found);
      case Report.Happened(TrainingEvent.Ended ended) -> {
        result = ended.result();
        listener.accept(ended);
      }
      case Report.Happened(var event) -> listener.accept(event);
      case Report.Refused(var sentence) -> fail(new Refused(new UserException(sentence)));
      case Report.NotFinite(var step, var what) ->
          fail(new Refused(new NotFiniteException(step, what)));
      case Report.Unbounded(var step, var what) ->
          fail(new Refused(new DivergedException(step, what)));
      case Report.Lost(var rank, var sentence) -> lose(rank, sentence);
    }
  }

  private void requireBeginning() {
    if (failure == null
        && places.size() < workers
        && System.nanoTime() - begun > BEGINNING.toNanos()) {
      fail(
          new Lost(
              "Of %d workers %d have begun within %d s."
                  .formatted(workers, places.size(), BEGINNING.toSeconds())));
    }
  }

  private void fail(End end) {
    failed = failure == null ? System.nanoTime() : failed;
    failure = end;
  }

  private boolean isFailureOld() {
    return failure != null && System.nanoTime() - failed > GRACE.toNanos();
  }

  /** A frozen executor would keep its core; another takes its place. */
  private void lose(int rank, String sentence) {
    if (failure == null) {
      fail(new Lost(sentence));
      var place = places.get(rank);
      if (place != null) {
        spark.sc().killAndReplaceExecutor(place.executor());
        killHere(place.process());
      }
    }
  }

  /**
   * Spark ends an executor by force when it has not ended by itself for ten seconds. The workers of
   * a local cluster live in this process and may end before.
   */
  private void killHere(long process) {
    if (spark.master().startsWith("local-cluster")) {
      ProcessHandle.of(process).ifPresent(ProcessHandle::destroyForcibly);
    }
  }

  private End end(Future<List<Integer>> stage) throws InterruptedException {
    if (failure != null) {
      return failure;
    }
    try {
      stage.get();
      return new Ended(Objects.requireNonNull(result));
    } catch (ExecutionException | CancellationException ended) {
      return new Lost(Reasons.of(ended));
    }
  }
}

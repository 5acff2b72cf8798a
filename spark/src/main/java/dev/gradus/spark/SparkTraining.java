package dev.gradus.spark;

import dev.gradus.UserException;
import dev.gradus.compress.Compressor;
import dev.gradus.compress.Dense;
import dev.gradus.djl.NotFiniteException;
import dev.gradus.djl.TrainingEvent;
import dev.gradus.djl.TrainingListener;
import dev.gradus.djl.TrainingResult;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.apache.spark.api.java.JavaSparkContext;
import org.jspecify.annotations.Nullable;

/**
 * A training over the executors of a Spark cluster: every worker is a task of one barrier stage,
 * has all of the network, computes its part of every batch, and makes the same steps as all others.
 *
 * <pre>{@code
 * var result = new SparkTraining(spark, place -> training(place))
 *     .workers(4)
 *     .compressor(new AdaComp())
 *     .checkpoints(new SharedCheckpoints("hdfs:///runs/photos", 100))
 *     .run();
 * }</pre>
 *
 * <p>When a worker is lost, is silent beyond the deadline, or can't be reached, all end, and the
 * training goes on from the last checkpoint that all have, with new workers: to the same weights as
 * without the loss, bit for bit.
 */
public final class SparkTraining {
  /** How long a worker waits for another at most. */
  public static final Duration DEFAULT_DEADLINE = Duration.ofSeconds(60);

  /** How often a training goes on after losing a worker. */
  public static final int DEFAULT_RETRIES = 3;

  private static final Duration PAUSE = Duration.ofMillis(200);
  private static final Duration ANOTHER_EXECUTOR = Duration.ofMinutes(2);

  private final JavaSparkContext spark;
  private final WorkerTraining description;
  private final List<TrainingListener> listeners = new ArrayList<>();
  private int workers = 2;
  private Compressor compressor = new Dense();
  private Duration deadline = DEFAULT_DEADLINE;
  private int retries = DEFAULT_RETRIES;
  private @Nullable SharedCheckpoints checkpoints;
  private BooleanSupplier stop = () -> false;
  private @Nullable WorkerPreparation preparation;
  private Consumer<String> prepared = _ -> {};

  /**
   * A training with two workers and gradients as they are.
   *
   * @param spark the application, whose configuration {@link ClusterSettings} has completed
   * @param description what each worker does
   */
  public SparkTraining(JavaSparkContext spark, WorkerTraining description) {
    this.spark = spark;
    this.description = description;
  }

  /**
   * How many workers there are.
   *
   * @param number 1 or more; the cluster needs as many free cores
   * @return this
   */
  public SparkTraining workers(int number) {
    if (number < 1) {
      throw new UserException("The number of workers is 1 or more, not " + number + ".");
    }
    workers = number;
    return this;
  }

  /**
   * How gradients are packed.
   *
   * @param scheme the scheme
   * @return this
   */
  public SparkTraining compressor(Compressor scheme) {
    compressor = scheme;
    return this;
  }

  /**
   * How long a worker waits for another before it takes it for lost. It has to be longer than the
   * slowest step and than reading the validation examples.
   *
   * @param longest above 0
   * @return this
   */
  public SparkTraining deadline(Duration longest) {
    deadline = longest;
    return this;
  }

  /**
   * How often the training goes on after losing a worker before it is given up.
   *
   * @param number 0 or more
   * @return this
   */
  public SparkTraining retries(int number) {
    retries = number;
    return this;
  }

  /**
   * Keeps checkpoints where all workers reach them. Without, a training that loses a worker begins
   * anew.
   *
   * @param shared where and how often
   * @return this
   */
  public SparkTraining checkpoints(SharedCheckpoints shared) {
    checkpoints = shared;
    return this;
  }

  /**
   * Adds a listener.
   *
   * @param listener is told, in the driver and in the thread of {@link #run}, what happens at
   *     worker 0
   * @return this
   */
  public SparkTraining listener(TrainingListener listener) {
    listeners.add(listener);
    return this;
  }

  /**
   * Lets all workers do something once before the first begins to train. Workers that begin again
   * because one was lost do not do it again.
   *
   * @param work what they do
   * @param found is given what worker 0 has found, in the driver and before the first step
   * @return this
   */
  public SparkTraining prepare(WorkerPreparation work, Consumer<String> found) {
    preparation = work;
    prepared = found;
    return this;
  }

  /**
   * How the training is asked to stop: it does so after a step, and then keeps a checkpoint.
   *
   * @param request whether to stop now
   * @return this
   */
  public SparkTraining stopWhen(BooleanSupplier request) {
    stop = request;
    return this;
  }

  /**
   * Trains until the end, or until asked to stop.
   *
   * @return what came of it
   * @throws NotFiniteException if a loss or gradient is not finite and steps are not skipped
   * @throws UserException if a worker can't train, or too many workers were lost; the sentence
   *     names the worker
   */
  public TrainingResult run() {
    for (int attempt = 1; ; attempt++) {
      requireSlots(attempt == 1 ? deadline : ANOTHER_EXECUTOR);
      switch (attempt(attempt)) {
        case Attempt.Ended(var result) -> {
          return result;
        }
        case Attempt.Refused(var why) -> throw why;
        case Attempt.Lost(var sentence) -> goOn(attempt, sentence);
      }
    }
  }

  private void goOn(int attempt, String sentence) {
    if (stop.getAsBoolean()) {
      throw new UserException(
          "The training was asked to stop, and the workers ended before they could write a"
              + " checkpoint; it can go on from the last one.");
    }
    if (attempt > retries) {
      throw new UserException(
          "The training was given up after %d attempts; the last one ended because: %s"
              .formatted(attempt, sentence));
    }
    tell(
        new TrainingEvent.Noticed(
            0, sentence + " All workers begin again from the last checkpoint that all have."));
  }

  private Attempt.End attempt(int number) {
    var job = UUID.randomUUID();
    var kept = checkpoints == null || number == 1 ? checkpoints : checkpoints.resuming();
    try (var desk = new DriverDesk(job, stop)) {
      var task =
          new WorkerTask(
              job,
              desk.address(),
              number == 1 ? preparation : null,
              description,
              compressor.toString(),
              deadline,
              kept);
      return new Attempt(spark, workers, task, desk, this::tell, prepared).run();
    }
  }

  private void tell(TrainingEvent event) {
    listeners.forEach(listener -> listener.on(event));
  }

  /**
   * A barrier stage that never gets enough cores would wait for ever. The first executors of a
   * cluster take their time; others come soon behind them. So does one that takes another's place.
   */
  private void requireSlots(Duration patience) {
    int slots = slots(spark);
    long since = System.nanoTime();
    while (slots < workers) {
      var longest = slots == 0 ? ANOTHER_EXECUTOR : patience;
      if (System.nanoTime() - since > longest.toNanos()) {
        throw new UserException(
            "%d workers need as many cores, but the cluster has had %d for %d s; take fewer workers or more executors."
                .formatted(workers, slots, longest.toSeconds()));
      }
      pause();
      int now = slots(spark);
      since = now == slots ? since : System.nanoTime();
      slots = now;
    }
  }

  /** How many tasks can run at the same time. */
  static int slots(JavaSparkContext spark) {
    var profile = spark.sc().resourceProfileManager().defaultResourceProfile();
    return spark.sc().maxNumConcurrentTasks(profile);
  }

  private static void pause() {
    try {
      Thread.sleep(PAUSE);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while waiting for executors", interrupted);
    }
  }
}

package dev.gradus.mlflow;

import dev.gradus.UserException;
import dev.gradus.djl.TrainingEvent;
import dev.gradus.djl.TrainingListener;
import dev.gradus.djl.TrainingResult;
import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Tells an MLflow tracking server of a training: a run of an experiment with {@code train/loss},
 * {@code train/learningRate} and {@code train/examplesPerSecond} at every tenth step, {@code
 * train/epochLoss} and {@code validation/…} at every epoch, and {@code test/…} at the end.
 *
 * <pre>{@code
 * training.listener(
 *     MlflowTracking.to(URI.create("http://localhost:5000"), "fraud")
 *         .parameters(Map.of("optimizer", "adamp", "lr", "0.001"))
 *         .keepingRunIn(folder.resolve("mlflow-run")));
 * }</pre>
 *
 * <p>Requests are made by a thread of their own, at most every second, each with a deadline. While
 * the server does not answer, measurements wait for it (some ten thousands of steps); a failure is
 * one warning in the log and never stops the training. Only the end of the training waits, for no
 * longer than the deadline.
 */
public final class MlflowTracking implements TrainingListener, AutoCloseable {
  private static final long USUAL_STEPS = 10;
  private static final Duration USUAL_DEADLINE = Duration.ofSeconds(10);

  final URI address;
  final String experiment;
  final Map<String, String> parameters = new LinkedHashMap<>();
  final Map<String, String> headers = new LinkedHashMap<>();
  String runName = "";
  private long everySteps = USUAL_STEPS;
  Duration deadline = USUAL_DEADLINE;
  @Nullable Path runFile;
  private @Nullable TrackedRun run;

  private MlflowTracking(URI address, String experiment) {
    this.address = address;
    this.experiment = experiment;
  }

  /**
   * Tells a server.
   *
   * @param server its address, such as {@code http://localhost:5000}
   * @param experiment the name of the experiment, which is made if there is none
   * @return a listener for one training
   */
  public static MlflowTracking to(URI server, String experiment) {
    return new MlflowTracking(server, experiment);
  }

  /**
   * Names the run; otherwise the server does.
   *
   * @param name what the server shows
   * @return this
   */
  public MlflowTracking runName(String name) {
    runName = name;
    return this;
  }

  /**
   * What the run was made with.
   *
   * @param values at most 100, by name
   * @return this
   */
  public MlflowTracking parameters(Map<String, String> values) {
    parameters.putAll(values);
    return this;
  }

  /**
   * A header of every request, such as {@code Authorization}.
   *
   * @param name its name
   * @param value its value, which is never logged
   * @return this
   * @throws UserException if HTTP does not allow it, such as a value with a line break
   */
  public MlflowTracking header(String name, String value) {
    requireAllowed(name, value);
    headers.put(name, value);
    return this;
  }

  /** The refusal of the HTTP client itself would show the value. */
  private static void requireAllowed(String name, String value) {
    try {
      HttpRequest.newBuilder().header(name, value);
    } catch (IllegalArgumentException _) {
      throw new UserException(
          "The header '%s' or its value is not allowed in a request; leave out line breaks."
              .formatted(name));
    }
  }

  /**
   * Remembers the run's identifier in a file, so that a resumed training goes on with the same run.
   *
   * @param file written when the run begins
   * @return this
   */
  public MlflowTracking keepingRunIn(Path file) {
    runFile = file;
    return this;
  }

  /**
   * How often a step is told.
   *
   * @param steps every how manieth, 1 or more
   * @return this
   */
  public MlflowTracking everySteps(long steps) {
    everySteps = Math.max(1, steps);
    return this;
  }

  /**
   * How long a request may take, and the end of the training wait for the last.
   *
   * @param time above 0; 10 seconds unless set
   * @return this
   */
  public MlflowTracking deadline(Duration time) {
    if (!time.isPositive()) {
      throw new UserException("The deadline of a request is above 0, not %s.".formatted(time));
    }
    deadline = time;
    return this;
  }

  @Override
  public void on(TrainingEvent event) {
    switch (event) {
      case TrainingEvent.Started started -> {
        close();
        run = new TrackedRun(this, started.step() > 0);
      }
      case TrainingEvent.StepDone done when done.step() % everySteps == 0 ->
          tell(done.step() + 1, steps(done));
      case TrainingEvent.EpochDone done -> tell(done.step(), epoch(done));
      case TrainingEvent.Ended ended -> end(ended.result());
      default -> {}
    }
  }

  private static Map<String, Double> steps(TrainingEvent.StepDone done) {
    return Map.of(
        "train/loss", done.loss(),
        "train/learningRate", done.learningRate(),
        "train/examplesPerSecond", done.examplesPerSecond());
  }

  private static Map<String, Double> epoch(TrainingEvent.EpochDone done) {
    var values = new LinkedHashMap<String, Double>();
    values.put("train/epochLoss", done.trainLoss());
    done.validation().forEach((metric, value) -> values.put("validation/" + metric, value));
    return values;
  }

  private void tell(long step, Map<String, Double> values) {
    if (run != null) {
      run.tell(step, values);
    }
  }

  private void end(TrainingResult result) {
    if (run != null) {
      var test = new LinkedHashMap<String, Double>();
      result.test().forEach((metric, value) -> test.put("test/" + metric, value));
      run.tell(result.steps(), test);
      boolean interrupted = result.outcome() == TrainingResult.Outcome.INTERRUPTED;
      run.end(interrupted ? "KILLED" : "FINISHED");
      run.close();
      run = null;
    }
  }

  /** Ends the thread. A training that has not come to its end is told as failed. */
  @Override
  public void close() {
    if (run != null) {
      run.end("FAILED");
      run.close();
      run = null;
    }
  }
}

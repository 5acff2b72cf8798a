package dev.gradus.cli.run;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.LinkedHashMap;
import java.util.Objects;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/**
 * How a run ended: the content of {@code result.json}.
 *
 * @param format the version of the folder's format
 * @param finished when, in UTC, as ISO 8601 writes it
 * @param steps batches used up, skipped ones included
 * @param skipped steps left out because something was not finite
 * @param epochs how many epochs
 * @param bestEpoch the epoch whose weights were tested, from 1
 * @param stoppedEarly whether it ended before the epochs that were planned, because the validation
 *     figure did not improve any more
 * @param seconds how long the run trained, over all its sessions
 * @param trainLoss the training loss of the best epoch
 * @param validation the validation metrics of the best epoch; empty without validation examples
 * @param test the test metrics of the best epoch; empty without test examples
 * @param lastTest the test metrics of the last epoch; empty too if an earlier version wrote it
 * @param weights how many trained numbers the network has; 0 if an earlier version wrote it
 * @param sent what one of several workers sent to the others; absent if there was one alone
 */
public record Result(
    int format,
    String finished,
    long steps,
    long skipped,
    long epochs,
    long bestEpoch,
    boolean stoppedEarly,
    double seconds,
    double trainLoss,
    SequencedMap<String, Double> validation,
    SequencedMap<String, Double> test,
    SequencedMap<String, Double> lastTest,
    long weights,
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Sent sent) {
  /** An absent map is an empty one. */
  public Result {
    validation = Objects.requireNonNullElseGet(validation, LinkedHashMap::new);
    test = Objects.requireNonNullElseGet(test, LinkedHashMap::new);
    lastTest = Objects.requireNonNullElseGet(lastTest, LinkedHashMap::new);
  }

  /**
   * Reads how a run ended.
   *
   * @param files a finished run
   * @return its result
   * @throws dev.gradus.UserException if the file is missing, damaged or of a newer format
   */
  public static Result read(RunFiles files) {
    var result = Json.read(files.result(), Result.class);
    RunFiles.requireFormat(files.result(), Integer.toString(result.format()));
    return result;
  }

  /**
   * Writes it down, which makes the run a finished one.
   *
   * @param files the run
   * @throws dev.gradus.UserException if the file cannot be written
   */
  public void write(RunFiles files) {
    Json.write(files.result(), this);
  }
}

package dev.gradus.djl;

import java.time.Duration;
import java.util.SequencedMap;

/**
 * What came of a run.
 *
 * @param outcome how it ended
 * @param steps batches used up so far, skipped ones included
 * @param epochs whole epochs so far
 * @param skipped steps left out because something was not finite
 * @param bestEpoch the epoch with the best validation figure, from 0; -1 if there is none
 * @param validation the validation metrics of the best epoch
 * @param test the test metrics of the best epoch's weights, or of the last weights without
 *     validation; empty unless the run is finished and there are test examples
 * @param lastTest the test metrics of the last weights, with which too long a run shows; empty like
 *     {@code test}
 * @param elapsed time that this process took
 */
public record TrainingResult(
    Outcome outcome,
    long steps,
    long epochs,
    long skipped,
    long bestEpoch,
    SequencedMap<String, Double> validation,
    SequencedMap<String, Double> test,
    SequencedMap<String, Double> lastTest,
    Duration elapsed) {

  /** How a run ended. */
  public enum Outcome {
    /** All epochs were made and the test examples were read. */
    FINISHED,
    /** The validation figure did not improve any more; the test examples were read. */
    STOPPED_EARLY,
    /** It was asked to stop, and wrote a checkpoint. */
    INTERRUPTED,
    /** The checkpoint is that of a finished run: nothing was done. */
    ALREADY_FINISHED
  }
}

package dev.gradus.djl.telemetry;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;

/** A line of a {@link MetricsLog}. Steps and epochs are counted from 1. */
public sealed interface Measurement {
  /**
   * How many steps were used up.
   *
   * @return at least 1
   */
  long step();

  /**
   * How long the run had trained, over all its sessions.
   *
   * @return seconds
   */
  double seconds();

  /**
   * A step was made.
   *
   * @param step which
   * @param epoch in which epoch
   * @param seconds how long the run had trained
   * @param loss the mean loss of its batch, before the step
   * @param learningRate the learning rate of the first parameter
   * @param examplesPerSecond the speed of late
   * @param measured norms by name for each tensor, if this step was measured
   */
  record Step(
      long step,
      long epoch,
      double seconds,
      double loss,
      double learningRate,
      double examplesPerSecond,
      Map<String, Map<String, Double>> measured)
      implements Measurement {
    /** Copies the map. */
    public Step {
      measured = new LinkedHashMap<>(measured);
    }
  }

  /**
   * A step was left out.
   *
   * @param step which
   * @param seconds how long the run had trained
   * @param notFinite what was not finite
   */
  record Skipped(long step, double seconds, String notFinite) implements Measurement {}

  /**
   * What the first of several workers has sent since the run was started last; behind each epoch.
   *
   * @param step the last step of the epoch
   * @param seconds how long the run had trained
   * @param bytesPerStep what left it of its gradients in a step, in the mean
   * @param compression how many times as large as its packs the gradients are
   * @param tensors the same for each parameter, by name
   */
  record Exchange(
      long step,
      double seconds,
      long bytesPerStep,
      double compression,
      SequencedMap<String, Double> tensors)
      implements Measurement {
    /** Copies the map. */
    public Exchange {
      tensors = new LinkedHashMap<>(tensors);
    }
  }

  /**
   * An epoch ended.
   *
   * @param step its last step
   * @param epoch which
   * @param seconds how long the run had trained
   * @param trainLoss the mean loss of its examples, each at the time of its step
   * @param validation the validation metrics by name; empty without validation examples
   * @param best whether it was the best epoch so far
   */
  record Epoch(
      long step,
      long epoch,
      double seconds,
      double trainLoss,
      SequencedMap<String, Double> validation,
      boolean best)
      implements Measurement {
    /** Copies the map. */
    public Epoch {
      validation = new LinkedHashMap<>(validation);
    }
  }
}

package dev.gradus.cli.sweep;

import dev.gradus.djl.telemetry.Measurement;
import dev.gradus.djl.telemetry.RateSpread;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/**
 * An epoch of a run.
 *
 * @param epoch which, from 1
 * @param step its last step, from 1
 * @param seconds how long the run had trained
 * @param learningRate the learning rate of its last step
 * @param trainLoss the mean loss of its examples, each at the time of its step
 * @param validation the validation metrics after it
 * @param measured norms by name for each tensor in its last measured step, and how far the learning
 *     rates of the training examples lie apart behind it, if it learns some; empty without either
 */
public record EpochSummary(
    long epoch,
    long step,
    double seconds,
    double learningRate,
    double trainLoss,
    SequencedMap<String, Double> validation,
    Map<String, Map<String, Double>> measured) {
  /** The name of what examples' learning rates are measured as. */
  public static final String INSTANCE_RATE = "instanceRate";

  /** An absent map is an empty one. */
  public EpochSummary {
    validation = Objects.requireNonNullElseGet(validation, LinkedHashMap::new);
    measured = Objects.requireNonNullElse(measured, Map.of());
  }

  /**
   * The whole epochs of a run.
   *
   * @param measurements all that it has measured, in order
   * @param rates the learning rates of its examples; empty unless it learns some
   * @return an epoch each
   */
  public static List<EpochSummary> of(List<Measurement> measurements, List<RateSpread> rates) {
    return of(measurements).stream().map(epoch -> epoch.with(rates)).toList();
  }

  private EpochSummary with(List<RateSpread> rates) {
    var more = new LinkedHashMap<>(measured);
    for (var spread : rates) {
      if (spread.epoch() == epoch) {
        more.put("lowest tenth of the examples", Map.of(INSTANCE_RATE, spread.low()));
        more.put("example in the middle", Map.of(INSTANCE_RATE, spread.median()));
        more.put("highest tenth of the examples", Map.of(INSTANCE_RATE, spread.high()));
      }
    }
    return new EpochSummary(epoch, step, seconds, learningRate, trainLoss, validation, more);
  }

  private static List<EpochSummary> of(List<Measurement> measurements) {
    var epochs = new ArrayList<EpochSummary>();
    Measurement.@Nullable Step last = null;
    Map<String, Map<String, Double>> measured = Map.of();
    for (var measurement : measurements) {
      switch (measurement) {
        case Measurement.Step step -> {
          last = step;
          measured = step.measured().isEmpty() ? measured : step.measured();
        }
        case Measurement.Skipped _, Measurement.Exchange _ -> {}
        case Measurement.Epoch epoch -> {
          epochs.add(of(epoch, last == null ? Double.NaN : last.learningRate(), measured));
          measured = Map.of();
        }
      }
    }
    return epochs;
  }

  private static EpochSummary of(
      Measurement.Epoch epoch, double learningRate, Map<String, Map<String, Double>> measured) {
    return new EpochSummary(
        epoch.epoch(),
        epoch.step(),
        epoch.seconds(),
        learningRate,
        epoch.trainLoss(),
        epoch.validation(),
        measured);
  }
}

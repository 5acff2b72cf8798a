package dev.gradus.cli.scaling;

import dev.gradus.cli.run.Json;
import dev.gradus.cli.scaling.Rehearsed.Scheme;
import dev.gradus.scaling.BreakEven;
import dev.gradus.scaling.Link;
import dev.gradus.scaling.Load;
import dev.gradus.scaling.Team;
import dev.gradus.scaling.Work;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What steps on several workers will take, by scheme. A run writes it before its first step and
 * holds what it measured against it in the end.
 *
 * @param workers how many there are
 * @param link what each is connected by
 * @param alone the mean time of a step of a worker that exchanges nothing, in seconds
 * @param spread how much that time varies: the standard deviation of its logarithm
 * @param schemes the predictions, the dense one first
 */
public record Forecast(
    int workers, Link link, double alone, double spread, List<Prediction> schemes) {

  /** Copies the list. */
  public Forecast {
    schemes = List.copyOf(schemes);
  }

  /**
   * What is predicted of a scheme.
   *
   * @param compressor the scheme as text
   * @param bytesSent what leaves a worker of its gradients in a step, in bytes
   * @param compression how much less a worker's gradient has than 4 bytes per weight
   * @param packing how long a worker packs its gradient and adds one pack, in seconds
   * @param step the mean time of a step, in seconds
   * @param speedup how much faster than the dense scheme
   * @param efficiency the time of a worker alone, divided by that of a step
   * @param paysBelow the bandwidth below which it is faster than the dense scheme, in bits per
   *     second; 0 if it never is, absent if it always is
   * @param tensors what becomes of each tensor
   */
  public record Prediction(
      String compressor,
      double bytesSent,
      double compression,
      double packing,
      double step,
      double speedup,
      double efficiency,
      @Nullable Double paysBelow,
      List<Load> tensors) {

    /** Copies the list. */
    public Prediction {
      tensors = List.copyOf(tensors);
    }
  }

  /**
   * Predicts the steps of a team.
   *
   * @param rehearsed what was measured with the batch of one worker
   * @param team the workers
   * @return the forecast
   */
  public static Forecast of(Rehearsed rehearsed, Team team) {
    var dense = rehearsed.dense();
    return new Forecast(
        team.workers(),
        team.link(),
        new Team(1, team.link()).outcome(dense).step(),
        dense.spread(),
        rehearsed.schemes().stream().map(scheme -> prediction(scheme, dense, team)).toList());
  }

  private static Prediction prediction(Scheme scheme, Work dense, Team team) {
    var work = scheme.work();
    var outcome = team.outcome(work);
    double even = BreakEven.of(work, dense, team).bitsPerSecond();
    return new Prediction(
        scheme.compressor(),
        outcome.bytesSent(),
        work.compression(),
        work.packing(),
        outcome.step(),
        team.outcome(dense).step() / outcome.step(),
        team.efficiency(work),
        Double.isInfinite(even) ? null : even,
        work.loads());
  }

  /**
   * Writes the forecast as JSON.
   *
   * @param file replaced if it exists
   * @throws dev.gradus.UserException if it cannot be written
   */
  public void write(Path file) {
    Json.write(file, this);
  }

  /**
   * Reads a forecast that was written.
   *
   * @param file a file of {@link #write}
   * @return the forecast
   * @throws dev.gradus.UserException if the file is missing or damaged
   */
  public static Forecast read(Path file) {
    return Json.read(file, Forecast.class);
  }

  /**
   * Tells of the run to come.
   *
   * @param compressor the scheme of the run, one of the forecast's
   * @return a sentence
   */
  public String sentence(String compressor) {
    var dense = schemes.getFirst();
    var step = Quantities.time(of(compressor).step());
    return compressor.equals(dense.compressor())
        ? "Predicted: a step takes %s; workers are connected at %s.".formatted(step, link)
        : "Predicted: a step takes %s, without compression %s; workers are connected at %s."
            .formatted(step, Quantities.time(dense.step()), link);
  }

  private Prediction of(String compressor) {
    return schemes.stream()
        .filter(scheme -> scheme.compressor().equals(compressor))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("Nothing was predicted of " + compressor));
  }

  /**
   * Holds a run against the forecast.
   *
   * @param compressor the scheme of the run, one of the forecast's
   * @param median the median time of a step, in seconds
   * @param mean the mean time of a step, which a few slow ones make longer
   * @param bytesSent what left a worker of its gradients in a step, in bytes
   * @return a sentence
   */
  public String against(String compressor, double median, double mean, double bytesSent) {
    var predicted = of(compressor);
    return "A step took %s in the median (%s) and %s in the mean (%s), predicted were %s; %s left each worker in it (%s), predicted were %s."
        .formatted(
            Quantities.time(median),
            difference(median, predicted.step()),
            Quantities.time(mean),
            difference(mean, predicted.step()),
            Quantities.time(predicted.step()),
            Quantities.bytes(bytesSent),
            difference(bytesSent, predicted.bytesSent()),
            Quantities.bytes(predicted.bytesSent()));
  }

  private static String difference(double fact, double predicted) {
    return String.format(Locale.ROOT, "%+.0f %%", 100 * (fact / predicted - 1));
  }
}

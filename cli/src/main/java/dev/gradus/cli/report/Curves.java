package dev.gradus.cli.report;

import dev.gradus.cli.sweep.EpochSummary;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/** How figures went over the epochs. */
final class Curves {
  static final String TRAIN_LOSS = "training loss";
  static final String VALIDATION = "validation ";

  private Curves() {}

  /** Tells of a run whose epochs were not all measured, or whose file of them is damaged. */
  static void check(Sample sample, Notes notes) {
    var result = sample.summary().result();
    int measured = sample.summary().epochs().size();
    if (result != null && measured < result.epochs()) {
      notes.add(
          "The run %s is drawn up to epoch %d of %d: the rest of its metrics is missing or damaged."
              .formatted(sample.name(), measured, result.epochs()));
    }
  }

  /** Training loss and validation metrics; a curve ends with the shortest of its runs. */
  static SequencedMap<String, List<CurvePoint>> of(Side side) {
    var curves = new LinkedHashMap<String, List<CurvePoint>>();
    var runs = measured(side);
    if (!runs.isEmpty()) {
      curves.put(TRAIN_LOSS, curve(runs, EpochSummary::trainLoss));
      for (var metric : runs.getFirst().getFirst().validation().keySet()) {
        curves.put(VALIDATION + metric, curve(runs, e -> metric(e, metric)));
      }
    }
    return curves;
  }

  private static double metric(EpochSummary epoch, String name) {
    return epoch.validation().getOrDefault(name, Double.NaN);
  }

  /** The epochs of the runs that did not diverge and were measured. */
  static List<List<EpochSummary>> measured(Side side) {
    return side.finite().stream()
        .map(run -> run.summary().epochs())
        .filter(epochs -> !epochs.isEmpty())
        .toList();
  }

  /** A figure over the epochs that all runs have. */
  static List<CurvePoint> curve(
      List<List<EpochSummary>> runs, ToDoubleFunction<EpochSummary> figure) {
    int epochs = runs.stream().mapToInt(List::size).min().orElse(0);
    return IntStream.range(0, epochs)
        .mapToObj(epoch -> point(runs.stream().map(run -> run.get(epoch)).toList(), figure))
        .filter(point -> !Double.isNaN(point.mean()))
        .toList();
  }

  private static CurvePoint point(List<EpochSummary> same, ToDoubleFunction<EpochSummary> figure) {
    var first = same.getFirst();
    var figures = same.stream().mapToDouble(figure).summaryStatistics();
    return new CurvePoint(
        first.epoch(),
        first.step(),
        same.stream().mapToDouble(EpochSummary::seconds).average().orElseThrow(),
        figures.getAverage(),
        figures.getMin(),
        figures.getMax());
  }

  /** What was measured of each tensor, by tensor and name. */
  static SequencedMap<String, SequencedMap<String, List<CurvePoint>>> layers(Side side) {
    var layers = new LinkedHashMap<String, SequencedMap<String, List<CurvePoint>>>();
    var runs =
        measured(side).stream()
            .map(epochs -> epochs.stream().filter(e -> !e.measured().isEmpty()).toList())
            .filter(epochs -> !epochs.isEmpty())
            .toList();
    if (!runs.isEmpty()) {
      for (var tensor : runs.getFirst().getFirst().measured().keySet()) {
        layers.put(tensor, layer(runs, tensor));
      }
    }
    return layers;
  }

  private static SequencedMap<String, List<CurvePoint>> layer(
      List<List<EpochSummary>> runs, String tensor) {
    var curves = new LinkedHashMap<String, List<CurvePoint>>();
    var names = new LinkedHashSet<String>();
    runs.forEach(run -> names.addAll(Layer.of(run.getFirst(), tensor).keySet()));
    for (var name : names) {
      curves.put(name, curve(runs, e -> Layer.of(e, tensor).getOrDefault(name, Double.NaN)));
    }
    return curves;
  }

  /** What was measured of a tensor, with what follows from it. */
  private static final class Layer {
    private static final String WEIGHT = "weightNorm";

    private static Map<String, Double> of(EpochSummary epoch, String tensor) {
      var measured = new LinkedHashMap<>(epoch.measured().getOrDefault(tensor, Map.of()));
      double weight = measured.getOrDefault(WEIGHT, Double.NaN);
      double update = measured.getOrDefault("updateNorm", Double.NaN);
      if (weight > 0) {
        measured.put("updateToWeight", update / weight);
        measured.put("effectiveStep", epoch.learningRate() / (weight * weight));
      }
      return measured;
    }
  }
}

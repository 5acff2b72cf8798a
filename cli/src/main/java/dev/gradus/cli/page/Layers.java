package dev.gradus.cli.page;

import static java.util.Map.entry;

import dev.gradus.cli.report.Study;
import dev.gradus.cli.sweep.EpochSummary;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * A quantity that was measured of each tensor.
 *
 * @param title what it is
 * @param explanation what it means
 * @param charts one for each tensor
 * @param left how many tensors have no chart
 */
public record Layers(String title, String explanation, List<LineChart> charts, int left) {
  private static final int MOST = 12;
  private static final String WHOLE = "the whole network";

  /**
   * What a quantity is.
   *
   * @param title in a few words
   * @param explanation in a sentence
   * @param isShare whether it lies between 0 and 1
   * @param isOfModel whether all tensors have the same
   */
  private record Quantity(String title, String explanation, boolean isShare, boolean isOfModel) {
    static Quantity of(String title, String explanation) {
      return new Quantity(title, explanation, false, false);
    }

    static Quantity share(String title, String explanation) {
      return new Quantity(title, explanation, true, false);
    }

    static Quantity ofModel(String title, String explanation) {
      return new Quantity(title, explanation, false, true);
    }
  }

  private static final Map<String, Quantity> KNOWN =
      Map.ofEntries(
          entry(
              "weightNorm",
              Quantity.of("Norm of the weights", "‖w‖ in the last measured step of each epoch.")),
          entry(
              "gradientNorm",
              Quantity.of("Norm of the gradient", "‖g‖ in the last measured step of each epoch.")),
          entry(
              "updateNorm",
              Quantity.of("Norm of the update", "‖Δw‖ of the last measured step of each epoch.")),
          entry(
              "updateToWeight",
              Quantity.of(
                  "Update to weight ratio",
                  "‖Δw‖ ÷ ‖w‖: by which part of itself a step changes the tensor.")),
          entry(
              "effectiveStep",
              Quantity.of(
                  "Effective step",
                  "Learning rate ÷ ‖w‖²: how far a gradient step turns weights whose scale is"
                      + " normalised away.")),
          entry(
              "projected",
              Quantity.share(
                  "Projection rate",
                  "The part of the tensor on which the projection acted in the measured step.")),
          entry(
              "trustRatio",
              Quantity.of("Trust ratio", "By what the rule scaled the tensor's step.")),
          entry(
              "clipNorm",
              Quantity.ofModel(
                  "Norm before clipping", "The norm over all tensors that the rule bounds.")),
          entry(
              "tensorNorm",
              Quantity.of("Norm before clipping", "The norm of the tensor that the rule bounds.")),
          entry(
              "agreement",
              Quantity.share(
                  "Agreement", "The part of the weights whose step has the gradient's sign.")),
          entry(
              "primalResidual",
              Quantity.of(
                  "Primal residual",
                  "Mean of (z − f)²: how far auxiliary variables are from the outputs of the block"
                      + " below them.")),
          entry(
              "dualResidual",
              Quantity.of(
                  "Dual residual",
                  "ρ × the root of the mean of (Δz)²: how far auxiliary variables were moved.")),
          entry(
              EpochSummary.INSTANCE_RATE,
              Quantity.of(
                  "Instance rates",
                  "The learning rates of training examples behind each epoch; 1 is that of an"
                      + " example that counts like all others.")));

  /** Copies the list. */
  public Layers {
    charts = List.copyOf(charts);
  }

  static List<Layers> of(Study study, StudyCharts charts) {
    return study.contenders().stream()
        .flatMap(c -> c.layers().values().stream())
        .flatMap(layer -> layer.keySet().stream())
        .distinct()
        .map(quantity -> of(quantity, tensors(study, quantity), charts))
        .filter(layers -> !layers.charts().isEmpty())
        .toList();
  }

  /** Of what a quantity was measured. */
  private static List<String> tensors(Study study, String quantity) {
    return study.contenders().stream()
        .flatMap(c -> c.layers().entrySet().stream())
        .filter(layer -> !layer.getValue().getOrDefault(quantity, List.of()).isEmpty())
        .map(Map.Entry::getKey)
        .distinct()
        .toList();
  }

  private static Layers of(String name, List<String> tensors, StudyCharts charts) {
    var quantity = KNOWN.getOrDefault(name, Quantity.of(name, ""));
    var drawn =
        quantity.isOfModel()
            ? tensors.stream()
                .limit(1)
                .flatMap(tensor -> charts.layer(WHOLE, tensor, name))
                .toList()
            : shown(tensors)
                .flatMap(
                    tensor ->
                        quantity.isShare()
                            ? charts.share(tensor, name)
                            : charts.layer(tensor, tensor, name))
                .limit(MOST)
                .toList();
    int left = quantity.isOfModel() ? 0 : tensors.size() - drawn.size();
    return new Layers(quantity.title(), quantity.explanation(), drawn, left);
  }

  /** The weights, if some of them have it. */
  private static Stream<String> shown(List<String> tensors) {
    var weights = tensors.stream().filter(name -> name.endsWith("weight")).toList();
    return (weights.isEmpty() ? tensors : weights).stream();
  }
}

package dev.gradus.djl;

import dev.gradus.Group;
import dev.gradus.equation.Stage;
import dev.gradus.rule.WeightAverage;
import dev.gradus.safetensors.Tensor;
import java.lang.foreign.Arena;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * The averaged weights that the stage {@code ema} keeps beside those that are trained. Where there
 * are any, validation, test and use of a network read them; running statistics are the trained
 * network's. Those of a stage with a label are kept only.
 */
final class Averages {
  private static final String STATE = "/ema";
  private static final double NOTICEABLE = 0.01;

  private Averages() {}

  /** The averages among the states of an optimizer, by the names of their parameters. */
  static Map<String, Tensor> among(Collection<Tensor> tensors) {
    var averages = new LinkedHashMap<String, Tensor>();
    for (Tensor tensor : tensors) {
      if (tensor.name().endsWith(STATE)) {
        var parameter = tensor.name().substring(0, tensor.name().length() - STATE.length());
        averages.put(parameter, tensor);
      }
    }
    return averages;
  }

  /** Computes with the averages in the place of the weights, which are put back afterwards. */
  static <T> T inPlace(Network network, Collection<Tensor> states, Supplier<T> computation) {
    var averages = among(states);
    if (averages.isEmpty()) {
      return computation.get();
    }
    try (var arena = Arena.ofConfined()) {
      var weights = ParameterValues.named(network, averages.keySet(), arena);
      weights.remember();
      try {
        weights.read(averages);
        return computation.get();
      } finally {
        weights.putBack();
      }
    }
  }

  /** What to know of a run that averages, one sentence each; nothing of one that does not. */
  static List<String> remarks(List<Group> groups, long totalSteps) {
    var stages = groups.stream().flatMap(Averages::of).distinct().toList();
    return Stream.concat(
            stages.stream()
                .limit(1)
                .map(_ -> "Validation and test read the weights' averages, which ema keeps."),
            stages.stream()
                .filter(stage -> beginning(stage, totalSteps) > NOTICEABLE)
                .map(stage -> remark(stage, totalSteps)))
        .toList();
  }

  private static Stream<WeightAverage> of(Group group) {
    return group.pipeline().stages().stream()
        .filter(stage -> stage.label().isEmpty())
        .map(Stage::rule)
        .filter(WeightAverage.class::isInstance)
        .map(WeightAverage.class::cast);
  }

  /** The share of the initial weights in the last average. */
  private static double beginning(WeightAverage stage, long totalSteps) {
    return Math.pow(stage.decay(), (double) totalSteps);
  }

  private static String remark(WeightAverage stage, long totalSteps) {
    return ("The average of ema(decay=%s) has %.0f %% of the initial weights left after %d steps; a"
            + " decay below %.4f leaves less than 1 %%.")
        .formatted(
            stage.decay(),
            100 * beginning(stage, totalSteps),
            totalSteps,
            Math.pow(NOTICEABLE, 1.0 / totalSteps));
  }
}

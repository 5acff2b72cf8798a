package dev.gradus.cli.replay;

import dev.gradus.UserException;
import dev.gradus.djl.instance.Parametrisation;
import dev.gradus.text.Nearest;
import java.util.List;

/**
 * The options of a recorded run with learned rates of instances.
 *
 * @param learningRate how far a step goes
 * @param metaRate how far a rate goes along an inner product
 * @param largest the largest rate; of exponential rates also one over the smallest
 * @param momentum the share of the old step in the new
 * @param lookahead whether the trusted gradient is that behind the step
 * @param parametrisation how a rate changes
 * @param activation what hidden units do
 */
record RateSettings(
    double learningRate,
    double metaRate,
    double largest,
    double momentum,
    boolean lookahead,
    Parametrisation parametrisation,
    TwoLayers.Activation activation) {
  private static final double LARGEST_EXPONENTIAL = 20;

  private static final List<String> NAMES =
      List.of(
          "learningRate",
          "metaRate",
          "alphaMaximum",
          "parametrisation",
          "lookahead",
          "activation",
          "momentum");

  static RateSettings of(Value options) {
    for (String name : options.members().keySet()) {
      if (!NAMES.contains(name)) {
        throw new UserException(
            "Method 'instance-rate' has no option '%s'%s"
                .formatted(name, Nearest.hint(name, NAMES)));
      }
    }
    var parametrisation = options.get("parametrisation").constant(Parametrisation.class);
    return new RateSettings(
        options.get("learningRate").number(),
        options.get("metaRate").number(),
        parametrisation == Parametrisation.EXP
            ? LARGEST_EXPONENTIAL
            : options.get("alphaMaximum").number(),
        options.find("momentum").map(Value::number).orElse(0.0),
        options.get("lookahead").flag(),
        parametrisation,
        options.get("activation").constant(TwoLayers.Activation.class));
  }

  double changed(double rate, double product) {
    return parametrisation.changed(rate, metaRate * product, largest);
  }
}

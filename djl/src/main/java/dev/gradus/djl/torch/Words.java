package dev.gradus.djl.torch;

import java.util.Map;
import java.util.regex.Pattern;

/** What DJL and PyTorch call the parameters within a layer. */
final class Words {
  /** Where PyTorch counts the batches that batch normalisation has seen. */
  static final String BATCHES = "num_batches_tracked";

  static final String RUNNING_MEAN = "running_mean";
  private static final String WEIGHT = "weight";
  private static final Map<String, String> IN_PYTORCH =
      Map.of(
          "gamma", WEIGHT,
          "beta", "bias",
          "runningMean", RUNNING_MEAN,
          "runningVar", "running_var",
          "embedding", WEIGHT,
          "alpha", WEIGHT);

  /** Such as {@code l_0_i2h_WEIGHT}; r is the backward direction. */
  private static final Pattern RECURRENT = Pattern.compile("([lr])_(\\d+)_([ih])2h_(WEIGHT|BIAS)");

  private Words() {}

  /** PyTorch's word for DJL's; a word that DJL has not is PyTorch's already. */
  static String inPyTorch(String word) {
    var recurrent = RECURRENT.matcher(word);
    return recurrent.matches()
        ? "%s_%sh_l%s%s"
            .formatted(
                recurrent.group(4).equals("BIAS") ? "bias" : WEIGHT,
                recurrent.group(3),
                recurrent.group(2),
                recurrent.group(1).equals("r") ? "_reverse" : "")
        : IN_PYTORCH.getOrDefault(word, word);
  }

  /** The part of a name before its last dot; empty if there is none. */
  static String layer(String name) {
    return name.substring(0, Math.max(0, name.lastIndexOf('.')));
  }

  /** The part of a name behind its last dot. */
  static String word(String name) {
    return name.substring(name.lastIndexOf('.') + 1);
  }

  /** A name from a layer, which may be the whole network, and a word. */
  static String joined(String layer, String word) {
    return layer.isEmpty() ? word : layer + "." + word;
  }
}

package dev.gradus.cli;

import dev.gradus.UserException;
import dev.gradus.djl.InstanceWeights;
import dev.gradus.djl.data.DataSet;
import dev.gradus.djl.data.Examples;
import dev.gradus.djl.data.Task;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which examples are trusted, and what for. */
final class TrustedArguments {
  private static final double USUAL_PART = 0.05;

  @Option(
      names = "--trusted",
      paramLabel = "PART-OR-DATA",
      converter = TrustedText.class,
      description =
          "Examples whose labels are known to be right, for a method that learns from them: so much"
              + " of those for training, set aside, or others such as images:FOLDER, idx:FOLDER or"
              + " csv:FILE. Default: "
              + USUAL_PART
              + ".")
  private @Nullable String trusted;

  @Option(
      names = "--trusted-weight",
      paramLabel = "WEIGHT",
      converter = Numbers.NotNegative.class,
      description =
          "Train on the trusted examples too, each counting so much; 0 for not at all. Default:"
              + " ${DEFAULT-VALUE}.")
  private double weight;

  @Option(
      names = "--choose-by-trusted",
      description =
          "Choose the best epoch by the trusted examples in place of those for validation.")
  private boolean choosing;

  boolean areGiven() {
    return trusted != null;
  }

  /** Whether it is said which they are, or that they choose. */
  boolean areChosen() {
    return areGiven() || choosing;
  }

  /** Whether they choose the best epoch. */
  boolean choose() {
    return choosing;
  }

  /**
   * Sets trusted examples aside, as this says or, where it does not, the shorthand.
   *
   * @param wanted whether a method learns from them
   */
  SetAside of(DataSet set, DataArguments data, @Nullable String shorthand, boolean wanted) {
    if (weight > 0 && choosing) {
      throw new UserException(
          "Trusted examples that are trained on cannot choose the epoch; leave out"
              + " --trusted-weight or --choose-by-trusted.");
    }
    boolean used = wanted || weight > 0 || choosing;
    var text = text(shorthand, used);
    boolean none = TrustedText.isPart(text) && Double.parseDouble(text) == 0;
    var aside = none ? SetAside.nothing(set) : aside(set, data, text);
    if (used && aside.trusted().size() == 0) {
      throw new UserException(
          "Options --trusted-weight, --choose-by-trusted and methods such as rates need trusted"
              + " examples, but '%s' gives none; give --trusted a larger part or other data."
                  .formatted(text));
    }
    if (aside.rest().size() == 0) {
      throw new UserException(
          "All training examples are trusted ones of '%s'; leave some to learn from."
              .formatted(text));
    }
    return aside;
  }

  private String text(@Nullable String shorthand, boolean used) {
    var text = trusted == null ? shorthand : trusted;
    return text == null ? Double.toString(used ? USUAL_PART : 0) : text;
  }

  private static SetAside aside(DataSet set, DataArguments data, String text) {
    if (!(set.task() instanceof Task.Classification)) {
      throw new UserException(
          "Option --trusted is for data with classes, not for '%s'; leave it out."
              .formatted(set.name()));
    }
    return TrustedText.isPart(text)
        ? SetAside.drawn(set, Double.parseDouble(text), data.seed())
        : SetAside.read(set, data.further(text, set), text);
  }

  /** What is trained on; the trusted examples come last. */
  Examples trained(SetAside aside) {
    return weight == 0 ? aside.rest() : aside.rest().followedBy(aside.trusted(), "trusted");
  }

  /** How much examples count, of which the first so many are not trusted. */
  InstanceWeights weights(Task task, int untrusted) {
    var usual = InstanceWeights.of(task);
    return weight == 0
        ? usual
        : (batch, weights) -> {
          usual.weigh(batch, weights);
          for (int place = 0; place < weights.length; place++) {
            weights[place] *= batch.index(place) < untrusted ? 1 : (float) weight;
          }
        };
  }
}

package dev.gradus.cli;

import static java.util.Objects.requireNonNull;

import dev.gradus.UserException;
import dev.gradus.cli.run.RunFiles;
import dev.gradus.djl.InstanceMethod;
import dev.gradus.djl.InstanceWeights;
import dev.gradus.djl.Trained;
import dev.gradus.djl.Training;
import dev.gradus.djl.data.DataSet;
import dev.gradus.djl.data.Examples;
import dev.gradus.djl.data.Split;
import dev.gradus.djl.data.Task;
import dev.gradus.djl.data.WrongLabels;
import dev.gradus.djl.instance.InstanceMethods;
import java.lang.foreign.Arena;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** How training copes with labels that may be wrong. */
final class InstanceArguments {
  private static final double USUAL_TRUSTED = 0.05;

  @Option(
      names = "--instances",
      paramLabel = "METHOD",
      converter = InstanceText.class,
      completionCandidates = InstanceText.class,
      description = {
        "How every training example counts: rates (learned), reweight, loss-weighting,"
            + " data-parameters, small-losses.",
        "With options: 'rates(metaRate=0.5)'.",
        "Default: all alike."
      })
  private @Nullable String instances;

  @Option(
      names = "--trusted",
      paramLabel = "PART",
      converter = Numbers.Fraction.class,
      description =
          "How much of the training examples is set aside, its labels known to be right, for a"
              + " method that learns from it. Default: "
              + USUAL_TRUSTED
              + ".")
  private @Nullable Double trusted;

  @Option(
      names = "--trusted-weight",
      paramLabel = "WEIGHT",
      converter = Numbers.NotNegative.class,
      description =
          "Train on the trusted examples too, each counting so much; 0 for not at all. Default:"
              + " ${DEFAULT-VALUE}.")
  private double trustedWeight;

  @Option(
      names = "--choose-by-trusted",
      description =
          "Choose the best epoch by the trusted examples in place of those for validation.")
  private boolean chooseByTrusted;

  @Option(
      names = "--rates-from",
      paramLabel = "RUN",
      description =
          "Begin with the rates that another run has learned, after examples were added, removed or"
              + " mended; those that are new or changed begin anew.")
  private @Nullable String earlier;

  @Option(
      names = "--corrupt-labels",
      paramLabel = "PART",
      converter = Numbers.Fraction.class,
      description =
          "For experiments: give so many examples for training and validation a wrong class. Those"
              + " set aside as trusted keep theirs. Default: 0.")
  private double corrupted;

  @Option(
      names = "--corrupt-how",
      paramLabel = "HOW",
      converter = Hows.class,
      completionCandidates = Hows.class,
      description = "uniform: any other class; next: the next class. Default: ${DEFAULT-VALUE}.")
  private String how = OneOf.word(WrongLabels.How.UNIFORM);

  private @Nullable Examples aside;
  private int untrusted;

  /** Sets the trusted examples aside and spoils the labels of others, as the options say. */
  DataSet of(DataSet set, long seed) {
    if (trustedWeight > 0 && chooseByTrusted) {
      throw new UserException(
          "Trusted examples that are trained on cannot choose the epoch; leave out"
              + " --trusted-weight or --choose-by-trusted.");
    }
    double part = part();
    if (part == 0 && wantsTrusted()) {
      throw new UserException(
          "Options --trusted-weight, --choose-by-trusted and methods such as rates need trusted"
              + " examples; give --trusted a part above 0.");
    }
    aside = set.train().subset(new int[0]);
    if (part == 0 && corrupted == 0) {
      return set;
    }
    int classes = classes(set);
    var split =
        Split.of(labels(set.train()), new Split.Draw.Own(), new Split.Draw.Seeded(part, seed));
    aside = set.train().subset(split.validation());
    untrusted = split.train().length;
    var train = spoilt(set.train().subset(trained(split)), untrusted, classes, seed);
    var validation = chooseByTrusted ? aside : spoilt(set.validation(), classes, seed + 1);
    return set.with(train, validation).stating(statement(aside.size()));
  }

  /** The trusted examples come last. */
  private int[] trained(Split split) {
    return trustedWeight == 0
        ? split.train()
        : IntStream.concat(Arrays.stream(split.train()), Arrays.stream(split.validation()))
            .toArray();
  }

  private double part() {
    double usual = wantsTrusted() ? USUAL_TRUSTED : 0;
    return trusted == null ? usual : trusted;
  }

  private boolean wantsTrusted() {
    return method().trustedBatch() > 0 || trustedWeight > 0 || chooseByTrusted;
  }

  private String statement(int count) {
    return "%d training examples are set aside as trusted; of the other labels for training and validation about %s are wrong"
        .formatted(count, Figures.value("accuracy", corrupted));
  }

  private Examples spoilt(Examples examples, int classes, long seed) {
    return spoilt(examples, examples.size(), classes, seed);
  }

  /** Spoils the labels of the first so many. */
  private Examples spoilt(Examples examples, int count, int classes, long seed) {
    var wrong = new WrongLabels.Settings(corrupted, OneOf.constant(WrongLabels.How.class, how));
    return corrupted == 0
        ? examples
        : new WrongLabels(examples, classes, wrong, seed).sparing(count);
  }

  private static int classes(DataSet set) {
    if (set.task() instanceof Task.Classification classes) {
      return classes.classes().size();
    }
    throw new UserException(
        "Options --trusted and --corrupt-labels are for data with classes, not for '%s'; leave them out."
            .formatted(set.name()));
  }

  private static int[] labels(Examples examples) {
    var label = new float[1];
    return IntStream.range(0, examples.size())
        .map(
            index -> {
              examples.target(index, label, 0);
              return (int) label[0];
            })
        .toArray();
  }

  private InstanceMethod method() {
    return instances == null ? InstanceMethod.UNIFORM : InstanceMethods.parse(instances);
  }

  Training applyTo(Training training, DataSet set) {
    var weighed = trustedWeight == 0 ? training : training.weights(weights(set.task()));
    var whole = instances == null ? weighed : weighed.instances(method(), requireNonNull(aside));
    return earlier == null ? whole : whole.instancesFrom(checkpoints(earlier));
  }

  private InstanceWeights weights(Task task) {
    var usual = InstanceWeights.of(task);
    return (batch, weights) -> {
      usual.weigh(batch, weights);
      for (int place = 0; place < weights.length; place++) {
        weights[place] *= batch.index(place) < untrusted ? 1 : (float) trustedWeight;
      }
    };
  }

  /** Refuses an earlier run that has learned no rates, before a run begins. */
  void requireRates() {
    if (earlier == null) {
      return;
    }
    if (instances == null) {
      throw new UserException("Option --rates-from goes with --instances METHOD; give that too.");
    }
    try (var arena = Arena.ofConfined()) {
      var saved = Trained.newest(checkpoints(earlier), arena, _ -> {}).checkpoint().checkpoint();
      if (Suspects.rates(saved.tensors()) == null) {
        throw new UserException(
            "The run %s has learned no rates of its training examples; leave out --rates-from."
                .formatted(earlier));
      }
    }
  }

  private static Path checkpoints(String run) {
    return RunFiles.existing(Path.of(run)).checkpoints();
  }

  static final class Hows extends OneOf {
    Hows() {
      super(WrongLabels.How.values());
    }
  }
}

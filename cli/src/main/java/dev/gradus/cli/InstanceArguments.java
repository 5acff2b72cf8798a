package dev.gradus.cli;

import static java.util.Objects.requireNonNull;

import dev.gradus.UserException;
import dev.gradus.djl.InstanceMethod;
import dev.gradus.djl.Training;
import dev.gradus.djl.data.DataSet;
import dev.gradus.djl.data.Examples;
import dev.gradus.djl.data.Split;
import dev.gradus.djl.data.Task;
import dev.gradus.djl.data.WrongLabels;
import dev.gradus.djl.instance.InstanceMethods;
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
        "A weight for every training example: rates (learned), reweight, small-losses; with"
            + " options as in 'rates(metaRate=0.5)'.",
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

  /** Sets the trusted examples aside and spoils the labels of others, as the options say. */
  DataSet of(DataSet set, long seed) {
    double part = part();
    if (part == 0 && method().trustedBatch() > 0) {
      throw new UserException(
          "Method %s learns from trusted examples; give --trusted a part above 0."
              .formatted(instances));
    }
    aside = set.train().subset(new int[0]);
    if (part == 0 && corrupted == 0) {
      return set;
    }
    int classes = classes(set);
    var split =
        Split.of(labels(set.train()), new Split.Draw.Own(), new Split.Draw.Seeded(part, seed));
    aside = set.train().subset(split.validation());
    var rest = set.train().subset(split.train());
    return set.with(spoilt(rest, classes, seed), spoilt(set.validation(), classes, seed + 1))
        .stating(statement(aside.size()));
  }

  private double part() {
    double usual = method().trustedBatch() > 0 ? USUAL_TRUSTED : 0;
    return trusted == null ? usual : trusted;
  }

  private String statement(int count) {
    return "%d training examples are set aside as trusted; of the other labels for training and validation about %s are wrong"
        .formatted(count, Figures.value("accuracy", corrupted));
  }

  private Examples spoilt(Examples examples, int classes, long seed) {
    var wrong = new WrongLabels.Settings(corrupted, OneOf.constant(WrongLabels.How.class, how));
    return corrupted == 0 ? examples : new WrongLabels(examples, classes, wrong, seed);
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

  Training applyTo(Training training) {
    return instances == null ? training : training.instances(method(), requireNonNull(aside));
  }

  static final class Hows extends OneOf {
    Hows() {
      super(WrongLabels.How.values());
    }
  }
}

package dev.gradus.cli;

import dev.gradus.UserException;
import dev.gradus.cli.figure.Figures;
import dev.gradus.djl.data.DataSet;
import dev.gradus.djl.data.Examples;
import dev.gradus.djl.data.Task;
import dev.gradus.djl.data.WrongLabels;
import picocli.CommandLine.Option;

/** Labels that are made wrong, for experiments. */
final class CorruptionArguments {
  @Option(
      names = "--corrupt-labels",
      paramLabel = "PART",
      converter = Numbers.Fraction.class,
      description =
          "For experiments: give so many examples for training and validation a wrong class. Those"
              + " that are trusted keep theirs. Default: 0.")
  private double part;

  @Option(
      names = "--corrupt-how",
      paramLabel = "HOW",
      converter = Hows.class,
      completionCandidates = Hows.class,
      description = {
        "uniform: any other class; pair-flip: the next class; class-dependent: each class is"
            + " confused with the others in shares of its own, drawn by --split-seed.",
        "Default: ${DEFAULT-VALUE}."
      })
  private String how = OneOf.word(WrongLabels.How.UNIFORM);

  boolean isNone() {
    return part == 0;
  }

  /** Spoils the labels of the first so many examples; another draw spoils others. */
  Examples spoilt(Examples examples, int count, DataSet set, long seed, long draw) {
    if (isNone()) {
      return examples;
    }
    var settings = new WrongLabels.Settings(part, OneOf.constant(WrongLabels.How.class, how), seed);
    return new WrongLabels(examples, classes(set), settings, draw).sparing(count);
  }

  private static int classes(DataSet set) {
    if (set.task() instanceof Task.Classification classes) {
      return classes.classes().size();
    }
    throw new UserException(
        "Option --corrupt-labels is for data with classes, not for '%s'; leave it out."
            .formatted(set.name()));
  }

  String statement() {
    return "of the labels for training and validation that are not trusted about %s are wrong"
        .formatted(Figures.value("accuracy", part));
  }

  static final class Hows extends OneOf {
    Hows() {
      super(WrongLabels.How.values());
    }
  }
}

package dev.gradus.cli;

import dev.gradus.UserException;
import dev.gradus.cli.data.DataOptions;
import dev.gradus.cli.data.DataSets;
import dev.gradus.cli.data.ImageOptions;
import dev.gradus.cli.data.ImageOptions.Unreadable;
import dev.gradus.cli.data.LoadListener;
import dev.gradus.cli.data.SplitOptions;
import dev.gradus.cli.data.TableOptions;
import dev.gradus.cli.data.TableOptions.Kind;
import dev.gradus.cli.data.TextOptions;
import dev.gradus.djl.data.DataSet;
import dev.gradus.djl.data.Examples;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which data, and how they are read. */
final class DataArguments {
  @Option(
      names = "--data",
      paramLabel = "DATA",
      completionCandidates = Names.class,
      description = {
        "One of digits, mnist, fashion-mnist, cifar10,",
        "images:FOLDER-OR-ZIP, idx:FOLDER, csv:FILE,",
        "text:FILE; in gradus spark-train also",
        "parquet:ADDRESS. Default: ${DEFAULT-VALUE}."
      })
  String data = "digits";

  @Option(
      names = "--test",
      paramLabel = "PART",
      converter = Numbers.Fraction.class,
      description =
          "How much is kept for the test at the end where the data bring no test part. Default:"
              + " ${DEFAULT-VALUE}.")
  private double test = SplitOptions.USUAL.test();

  @Option(
      names = "--validation",
      paramLabel = "PART",
      converter = Numbers.Fraction.class,
      description =
          "How much of the rest is kept to choose the best epoch. Default: ${DEFAULT-VALUE}.")
  private double validation = SplitOptions.USUAL.validation();

  @Option(
      names = "--train-part",
      paramLabel = "PART",
      converter = Numbers.Share.class,
      description =
          "Learn from only so much of what is left for training, drawn with the split seed."
              + " Default: ${DEFAULT-VALUE}.")
  private double trainPart = 1;

  @Option(
      names = "--split-seed",
      paramLabel = "N",
      converter = Numbers.Whole.class,
      description = "Decides which examples are kept; --seed does not. Default: ${DEFAULT-VALUE}.")
  private long splitSeed = SplitOptions.USUAL.seed();

  @Option(
      names = "--label",
      paramLabel = "COLUMN",
      description = "The column of a table to predict. Default: the last.")
  private @Nullable String label;

  @Option(
      names = "--ignore",
      paramLabel = "COLUMN",
      split = ",",
      description = "Columns of a table to leave out, with commas between them.")
  private @Nullable List<String> ignore;

  @Option(
      names = "--task",
      paramLabel = "TASK",
      converter = Kinds.class,
      completionCandidates = Kinds.class,
      description = "classification or regression. Default: what the label column looks like.")
  private @Nullable String task;

  @Option(
      names = "--classes",
      paramLabel = "N",
      converter = Numbers.Count.class,
      description =
          "How many classes the labels of idx: have. Default: the highest training label and one"
              + " more.")
  private @Nullable Integer classes;

  @Option(
      names = "--class-weights",
      paramLabel = "HOW",
      converter = Weightings.class,
      completionCandidates = Weightings.class,
      description = "none, or balanced: rare classes count more. Default: ${DEFAULT-VALUE}.")
  private String classWeights = OneOf.word(Weighting.NONE);

  @Option(
      names = "--image-size",
      paramLabel = "PIXELS",
      converter = Numbers.Count.class,
      description = "Bring images to this height and width. Default: the size of the first.")
  private @Nullable Integer imageSize;

  @Option(
      names = "--image-channels",
      paramLabel = "N",
      converter = Numbers.Count.class,
      description = "1 for grey, 3 for colour. Default: what the first image is.")
  private @Nullable Integer imageChannels;

  @Option(
      names = "--unreadable-images",
      paramLabel = "HOW",
      converter = Reactions.class,
      completionCandidates = Reactions.class,
      description = "stop, or skip and count them. Default: ${DEFAULT-VALUE}.")
  private String unreadableImages = OneOf.word(ImageOptions.USUAL.unreadable());

  @Option(
      names = "--text-length",
      paramLabel = "N",
      converter = Numbers.Count.class,
      description = "Characters in an example of a text. Default: ${DEFAULT-VALUE}.")
  private int textLength = TextOptions.USUAL.length();

  @Option(names = "--offline", description = "Refuse to download data sets that are not found.")
  private boolean offline;

  DataSet open(LoadListener listener) {
    requireUse();
    return part(DataSets.open(data, options(listener)));
  }

  private void requireUse() {
    requireUse("--label", label, "csv:", DataSets.PARQUET);
    requireUse("--ignore", ignore, "csv:", DataSets.PARQUET);
    requireUse("--task", task, "csv:", DataSets.PARQUET);
    requireUse("--image-size", imageSize, "images:");
    requireUse("--image-channels", imageChannels, "images:");
    requireUse("--classes", classes, "idx:");
  }

  /** What was chosen of data that another reads. */
  DataOptions chosen() {
    requireUse();
    return options(LoadListener.SILENT);
  }

  /** What is used of a data set that was read. */
  DataSet part(DataSet whole) {
    return whole.withTrainPart(trainPart, splitSeed);
  }

  /**
   * Reads other examples with labels, as those of a data set that was read.
   *
   * @param text such as {@code images:FOLDER}; without a kind it is of the kind of the data
   */
  Examples further(String text, DataSet set) {
    return DataSets.further(withKind(text), set.description(), options(LoadListener.SILENT));
  }

  private String withKind(String text) {
    boolean known = DataSets.FURTHER.stream().anyMatch(text::startsWith);
    var kind = data.substring(0, data.indexOf(':') + 1);
    if (!known && !DataSets.FURTHER.contains(kind)) {
      throw new UserException(
          "What '%s' is cannot be told from --data %s; name its kind, one of %s."
              .formatted(text, data, String.join(" ", DataSets.FURTHER)));
    }
    return known ? text : kind + text;
  }

  /** What decides which examples are kept. */
  long seed() {
    return splitSeed;
  }

  private void requireUse(String option, @Nullable Object value, String... kinds) {
    if (value != null && Arrays.stream(kinds).noneMatch(data::startsWith)) {
      throw new UserException(
          "Option %s is for data of the form %s, not for '%s'; leave it out."
              .formatted(option, String.join(" or ", kinds), data));
    }
  }

  private DataOptions options(LoadListener listener) {
    var usual = DataOptions.usual(listener);
    return usual
        .withPlaces(offline ? usual.places().withoutNetwork() : usual.places())
        .withSplit(new SplitOptions(test, validation, splitSeed))
        .withTable(table())
        .withImages(images())
        .withText(new TextOptions(textLength))
        .withClasses(orZero(classes))
        .withBalancedClasses(classWeights.equals(OneOf.word(Weighting.BALANCED)));
  }

  private TableOptions table() {
    var kind = task == null ? null : OneOf.constant(Kind.class, task);
    return new TableOptions(label, ignore == null ? List.of() : ignore, kind);
  }

  private ImageOptions images() {
    var reaction = OneOf.constant(Unreadable.class, unreadableImages);
    return new ImageOptions(orZero(imageSize), orZero(imageChannels), reaction);
  }

  private static int orZero(@Nullable Integer number) {
    return number == null ? 0 : number;
  }

  /** Whether rare classes count more. */
  enum Weighting {
    NONE,
    BALANCED
  }

  static final class Weightings extends OneOf {
    Weightings() {
      super(Weighting.values());
    }
  }

  static final class Kinds extends OneOf {
    Kinds() {
      super(Kind.values());
    }
  }

  static final class Reactions extends OneOf {
    Reactions() {
      super(Unreadable.values());
    }
  }

  /** What shell completion offers. */
  static final class Names implements Iterable<String> {
    @Override
    public Iterator<String> iterator() {
      return DataSets.FORMS.stream().map(form -> form.text().replaceFirst(":.*", ":")).iterator();
    }
  }
}

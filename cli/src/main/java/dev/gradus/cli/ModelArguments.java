package dev.gradus.cli;

import static java.util.Objects.requireNonNull;

import dev.gradus.Group;
import dev.gradus.Rules;
import dev.gradus.cli.model.Model;
import dev.gradus.cli.model.Models;
import dev.gradus.djl.Choice;
import dev.gradus.djl.data.Augmentation;
import dev.gradus.djl.data.DataSet;
import dev.gradus.schedule.Schedules;
import dev.gradus.text.RecordType;
import java.util.Iterator;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;

/** What is trained, and by which rule. */
final class ModelArguments {
  @Option(
      names = "--model",
      paramLabel = "MODEL",
      converter = ModelText.class,
      completionCandidates = ModelNames.class,
      description = {
        "One of mlp, lenet-bn, resnet20, vgg-bn, char-lstm,",
        "with options if wanted: 'mlp(dropout=0.2)'.",
        "Default: what fits the data."
      })
  private @Nullable String model;

  @Option(
      names = "--optimizer",
      paramLabel = "PIPELINE",
      converter = PipelineText.class,
      completionCandidates = RuleNames.class,
      description = {
        "Update rules with '|' between them, such as",
        "'adam | project | decay(0.01)'. Default: ${DEFAULT-VALUE}."
      })
  private String optimizer = "adamp";

  @Option(
      names = "--lr",
      paramLabel = "RATE",
      converter = Numbers.Positive.class,
      description = "The learning rate. Default: what is usual for the optimizer.")
  private @Nullable Double learningRate;

  @Option(
      names = "--schedule",
      paramLabel = "SCHEDULE",
      converter = ScheduleText.class,
      completionCandidates = ScheduleNames.class,
      description = {
        "How the rate changes: constant, cosine, linear,",
        "polynomial, exponential, step, one-cycle,",
        "cosine-restarts, 'plateau(patience=3)',",
        "'milestones(1, 3000: 0.1)',",
        "'warmup(steps=500, then=cosine)', each with",
        "options if wanted. Default: ${DEFAULT-VALUE}."
      })
  private String schedule = "cosine";

  @Option(
      names = "--augment",
      paramLabel = "HOW",
      arity = "0..1",
      fallbackValue = "crop-and-flip",
      converter = AugmentationText.class,
      completionCandidates = AugmentationNames.class,
      description =
          "How training images are varied: none, crop, or crop-and-flip, which is what the option"
              + " means alone. Default: crop for small images, else none.")
  private @Nullable String augment;

  @Option(
      names = "--best-by",
      paramLabel = "METRIC",
      description =
          "The validation metric that chooses the best epoch, such as accuracy. Default:"
              + " ${DEFAULT-VALUE}.")
  private String bestBy = Choice.usual().metric();

  Group group() {
    return Group.all(Rules.parse(optimizer), requireNonNull(learningRate))
        .withSchedule(Schedules.parse(schedule));
  }

  Augmentation augmentation() {
    return Augmentation.parse(requireNonNull(augment));
  }

  Choice choice(DataSet data) {
    return Choice.of(data.task(), bestBy);
  }

  /** Decides what depends on the data and was not chosen. */
  void complete(DataSet data) {
    if (learningRate == null) {
      learningRate = Usual.learningRate(Rules.parse(optimizer), data);
    }
    if (augment == null) {
      augment = Usual.augmentation(data).toString();
    }
    model = model(data).toString();
  }

  Model model(DataSet data) {
    return model == null ? Usual.model(data) : Models.of(model);
  }

  /**
   * Looks for the metric and varies a blank input, to refuse what cannot be before a run begins.
   */
  void requireFit(DataSet data) {
    choice(data);
    var shape = data.train().inputShape();
    int size = (int) (long) shape.stream().reduce(1L, Math::multiplyExact);
    augmentation().apply(new float[size], 0, shape, 0, 0, 0);
  }

  @Nullable String network() {
    return model;
  }

  String optimizer() {
    return optimizer;
  }

  /** Model and optimizer in a few words. */
  @Override
  public String toString() {
    return "%s with %s at %s (%s)".formatted(model, optimizer, learningRate, schedule);
  }

  static final class ModelText implements ITypeConverter<String> {
    @Override
    public String convert(String text) {
      return Models.of(text).toString();
    }
  }

  static final class PipelineText implements ITypeConverter<String> {
    @Override
    public String convert(String text) {
      return Rules.parse(text).toString();
    }
  }

  static final class ScheduleText implements ITypeConverter<String> {
    @Override
    public String convert(String text) {
      return Schedules.parse(text).toString();
    }
  }

  static final class AugmentationText implements ITypeConverter<String> {
    @Override
    public String convert(String text) {
      return Augmentation.parse(text).toString();
    }
  }

  static final class ModelNames implements Iterable<String> {
    @Override
    public Iterator<String> iterator() {
      return Models.types().stream().<String>map(RecordType::name).iterator();
    }
  }

  static final class RuleNames implements Iterable<String> {
    @Override
    public Iterator<String> iterator() {
      return Rules.CATALOGUE.types().stream().<String>map(RecordType::name).iterator();
    }
  }

  static final class ScheduleNames implements Iterable<String> {
    @Override
    public Iterator<String> iterator() {
      return Schedules.CATALOGUE.types().stream().<String>map(RecordType::name).iterator();
    }
  }

  static final class AugmentationNames implements Iterable<String> {
    @Override
    public Iterator<String> iterator() {
      return Augmentation.NAMES.iterator();
    }
  }
}

package dev.gradus.cli;

import static java.util.Objects.requireNonNull;

import dev.gradus.Rules;
import dev.gradus.djl.data.Augmentation;
import dev.gradus.djl.data.DataSet;
import dev.gradus.djl.model.Model;
import dev.gradus.djl.model.Models;
import dev.gradus.equation.Pipeline;
import dev.gradus.text.RecordType;
import java.util.Iterator;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;

/** What is trained, and by which rules. */
final class ModelArguments {
  @Option(
      names = "--model",
      paramLabel = "MODEL",
      converter = ModelText.class,
      completionCandidates = ModelNames.class,
      description = {
        "One of mlp, plain-mlp, lenet-bn, resnet20, vgg-bn,",
        "char-lstm, factorised; with options if wanted:",
        "'mlp(dropout=0.2)'. Default: what fits the data."
      })
  private @Nullable String model;

  @Option(
      names = "--optimizer",
      paramLabel = "PIPELINE",
      converter = CatalogueText.Pipeline.class,
      completionCandidates = CatalogueText.Pipeline.class,
      description = {
        "Update rules with '|' between them, such as",
        "'adam | project | decay(0.01)'. Default: ${DEFAULT-VALUE}."
      })
  private String optimizer = "adamp";

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

  Pipeline pipeline() {
    return Rules.parse(optimizer);
  }

  Augmentation augmentation() {
    return Augmentation.parse(requireNonNull(augment));
  }

  /** Decides what depends on the data and was not chosen. */
  void complete(DataSet data) {
    if (augment == null) {
      augment = Usual.augmentation(data).toString();
    }
    model = model(data).toString();
  }

  Model model(DataSet data) {
    return model == null ? Usual.model(data) : Models.of(model);
  }

  /** Varies a blank input, to refuse what cannot be before a run begins. */
  void requireFit(DataSet data) {
    var shape = data.train().inputShape();
    int size = (int) (long) shape.stream().reduce(1L, Math::multiplyExact);
    augmentation().apply(new float[size], 0, shape, 0, 0, 0);
  }

  /** Model and optimizer in a few words. */
  @Override
  public String toString() {
    return "%s with %s".formatted(model, optimizer);
  }

  static final class ModelText implements ITypeConverter<String> {
    @Override
    public String convert(String text) {
      return Models.of(text).toString();
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

  static final class AugmentationNames implements Iterable<String> {
    @Override
    public Iterator<String> iterator() {
      return Augmentation.NAMES.iterator();
    }
  }
}

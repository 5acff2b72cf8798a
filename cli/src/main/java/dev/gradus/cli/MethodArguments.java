package dev.gradus.cli;

import dev.gradus.UserException;
import dev.gradus.djl.Training;
import dev.gradus.djl.TrainingMethod;
import dev.gradus.djl.admm.BlockAdmm;
import dev.gradus.djl.admm.Cuts;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** How the gradients of a step are made. */
final class MethodArguments {
  private static final String AUTOMATIC = "auto";

  @Option(
      names = "--method",
      paramLabel = "METHOD",
      converter = MethodText.class,
      description = {
        "back-propagation, or block-admm: blocks joined by auxiliary variables,",
        "with options if wanted: 'block-admm(steps=2)'.",
        "Default: ${DEFAULT-VALUE}."
      })
  private String method = TrainingMethod.BACK_PROPAGATION.toString();

  @Option(
      names = "--blocks",
      paramLabel = "N",
      converter = Numbers.Count.class,
      description = "Into how many blocks of about equally many weights. Default: 3.")
  private @Nullable Integer blocks;

  @Option(
      names = "--cuts",
      paramLabel = "LAYER",
      split = ",",
      description = "Instead of --blocks: layers that blocks begin with, such as hidden2,output.")
  private @Nullable List<String> cuts;

  @Option(
      names = "--rho",
      paramLabel = "PENALTY",
      converter = Numbers.Positive.class,
      description = "The penalty on the distance between blocks. Default: 1.")
  private @Nullable Double rho;

  @Option(
      names = "--step-size-z",
      paramLabel = "SIZE",
      converter = StepSizeText.class,
      description =
          "How far auxiliary variables move along their gradient, or "
              + AUTOMATIC
              + ": as far as is stable. Default: "
              + AUTOMATIC
              + ".")
  private @Nullable String stepSize;

  Training applyTo(Training training) {
    return training.method(method());
  }

  /** The method that the options describe. */
  TrainingMethod method() {
    if (method.equals(TrainingMethod.BACK_PROPAGATION.toString())) {
      requireAlone();
      return TrainingMethod.BACK_PROPAGATION;
    }
    var described = BlockAdmm.parse(method);
    described = cuts() == null ? described : described.with("cuts", cuts());
    described = rho == null ? described : described.with("rho", rho);
    return stepSize == null ? described : described.with("stepSize", size(stepSize));
  }

  private @Nullable Cuts cuts() {
    if (blocks != null && cuts != null) {
      throw new UserException("Options --blocks and --cuts both say where to cut; give one.");
    }
    if (cuts != null) {
      return new Cuts.Before(cuts);
    }
    return blocks == null ? null : new Cuts.Balanced(blocks);
  }

  private static double size(String text) {
    return text.equals(AUTOMATIC) ? 0 : Double.parseDouble(text);
  }

  private void requireAlone() {
    var given =
        Stream.of(
                named("--blocks", blocks),
                named("--cuts", cuts),
                named("--rho", rho),
                named("--step-size-z", stepSize))
            .filter(name -> !name.isEmpty())
            .collect(Collectors.joining(", "));
    if (!given.isEmpty()) {
      throw new UserException(
          "Option %s is for --method block-admm; give that too or leave it out.".formatted(given));
    }
  }

  private static String named(String name, @Nullable Object value) {
    return value == null ? "" : name;
  }

  /** Back-propagation, or a method with its options. */
  static final class MethodText implements ITypeConverter<String> {
    @Override
    public String convert(String text) {
      return text.equals(TrainingMethod.BACK_PROPAGATION.toString())
          ? text
          : BlockAdmm.parse(text).toString();
    }
  }

  /** A number, or that it is chosen. */
  static final class StepSizeText implements ITypeConverter<String> {
    @Override
    public String convert(String text) {
      if (text.equals(AUTOMATIC)) {
        return text;
      }
      try {
        return new Numbers.Positive().convert(text).toString();
      } catch (TypeConversionException refused) {
        throw new TypeConversionException("takes a number above 0, such as 0.1, or " + AUTOMATIC);
      }
    }
  }
}

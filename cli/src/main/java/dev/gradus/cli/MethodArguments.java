package dev.gradus.cli;

import dev.gradus.UserException;
import dev.gradus.djl.Network;
import dev.gradus.djl.Training;
import dev.gradus.djl.TrainingMethod;
import dev.gradus.djl.admm.BlockAdmm;
import dev.gradus.djl.admm.BlockMethod;
import dev.gradus.djl.admm.Cuts;
import dev.gradus.djl.admm.DeepFacto;
import dev.gradus.djl.data.DataSet;
import dev.gradus.djl.model.Factorised;
import dev.gradus.djl.model.Model;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
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
        "back-propagation; block-admm: blocks joined by auxiliary variables; or deepfacto: a"
            + " factorisation in front of the last layer;",
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
      description =
          "The penalty on the distance between blocks. Default: 1; of deepfacto "
              + DeepFacto.DEFAULT_RHO
              + ".")
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

  @Mixin private final FactorArguments factors = new FactorArguments();

  Training applyTo(Training training) {
    return training.method(method());
  }

  /** The method that the options describe. */
  TrainingMethod method() {
    if (method.equals(TrainingMethod.BACK_PROPAGATION.toString())) {
      requireNone("block-admm", blockOptions());
      requireNone("deepfacto", factors.options());
      return TrainingMethod.BACK_PROPAGATION;
    }
    return switch (BlockMethod.parse(method)) {
      case BlockAdmm described -> {
        requireNone("deepfacto", factors.options());
        yield with(described);
      }
      case DeepFacto described -> {
        var others = blockOptions();
        others.remove("--rho");
        requireNone("block-admm", others);
        yield factors.in(rho == null ? described : described.with("rho", rho));
      }
    };
  }

  private BlockAdmm with(BlockAdmm given) {
    var described = cuts() == null ? given : given.with("cuts", cuts());
    described = rho == null ? described : described.with("rho", rho);
    return stepSize == null ? described : described.with("stepSize", size(stepSize));
  }

  /** The model that the method trains. */
  Model model(Model given) {
    if (method() instanceof DeepFacto) {
      return factors.in(given);
    }
    if (given instanceof Factorised) {
      throw new UserException(
          "The factors of %s learn by --method deepfacto; give that too or another model."
              .formatted(given));
    }
    return given;
  }

  /** The method behind what is trained, in a few words; nothing of the usual one. */
  @Override
  public String toString() {
    return method.equals(TrainingMethod.BACK_PROPAGATION.toString())
        ? ""
        : ", trained by " + method.replaceFirst("\\(.*", "");
  }

  /** Refuses a network or workers that the method can't train, before a run begins. */
  void requireFit(Network network, DataSet set, int workers) {
    if (workers > 1) {
      method().requireSharing();
    }
    if (!method().equals(TrainingMethod.BACK_PROPAGATION)) {
      network.initialise(set.train().inputShape(), 0);
      method().require(network);
    }
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

  private Map<String, @Nullable Object> blockOptions() {
    var options = new LinkedHashMap<String, @Nullable Object>();
    options.put("--blocks", blocks);
    options.put("--cuts", cuts);
    options.put("--rho", rho);
    options.put("--step-size-z", stepSize);
    return options;
  }

  private static void requireNone(String method, Map<String, @Nullable Object> options) {
    var given =
        options.entrySet().stream()
            .filter(option -> option.getValue() != null)
            .map(Map.Entry::getKey)
            .collect(Collectors.joining(", "));
    if (!given.isEmpty()) {
      throw new UserException(
          "Option %s is for --method %s; give that too or leave it out.".formatted(given, method));
    }
  }

  /** Back-propagation, or a method with its options. */
  static final class MethodText implements ITypeConverter<String> {
    @Override
    public String convert(String text) {
      return text.equals(TrainingMethod.BACK_PROPAGATION.toString())
          ? text
          : BlockMethod.parse(text).toString();
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

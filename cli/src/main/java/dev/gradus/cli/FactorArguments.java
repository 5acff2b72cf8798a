package dev.gradus.cli;

import dev.gradus.djl.admm.DeepFacto;
import dev.gradus.djl.admm.DictionaryUpdate;
import dev.gradus.djl.admm.FactorLayer;
import dev.gradus.djl.admm.FirstDictionary;
import dev.gradus.djl.model.Factorised;
import dev.gradus.djl.model.Model;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What factors are learned, and how. */
final class FactorArguments {
  @Option(
      names = "--rank",
      paramLabel = "N",
      converter = Numbers.Count.class,
      description =
          "How many factors deepfacto puts in front of the last layer. Default: "
              + FactorLayer.DEFAULT_RANK
              + ".")
  private @Nullable Integer rank;

  @Option(
      names = "--init",
      paramLabel = "HOW",
      converter = Inits.class,
      completionCandidates = Inits.class,
      description = "How their dictionary begins: random, or nndsvd. Default: nndsvd.")
  private @Nullable String init;

  @Option(
      names = "--dictionary-update",
      paramLabel = "HOW",
      converter = Updates.class,
      completionCandidates = Updates.class,
      description = "How it learns: projected, or multiplicative. Default: projected.")
  private @Nullable String update;

  @Option(
      names = "--labelled",
      paramLabel = "PART",
      converter = Numbers.Share.class,
      description =
          "Look at the labels of only about so many training examples; factors learn from all."
              + " Default: 1.")
  private @Nullable Double labelled;

  /** The options that were given, by name. */
  Map<String, @Nullable Object> options() {
    var options = new LinkedHashMap<String, @Nullable Object>();
    options.put("--rank", rank);
    options.put("--init", init);
    options.put("--dictionary-update", update);
    options.put("--labelled", labelled);
    return options;
  }

  /** A method with the options. */
  DeepFacto in(DeepFacto method) {
    var first =
        init == null ? method : method.with("init", OneOf.constant(FirstDictionary.class, init));
    var second =
        update == null
            ? first
            : first.with("update", OneOf.constant(DictionaryUpdate.class, update));
    return labelled == null ? second : second.with("labelled", labelled);
  }

  /** A model with factors. */
  Factorised in(Model model) {
    var factorised =
        model instanceof Factorised already ? already : new Factorised().with("model", model);
    return rank == null ? factorised : factorised.with("rank", rank);
  }

  static final class Inits extends OneOf {
    Inits() {
      super(FirstDictionary.values());
    }
  }

  static final class Updates extends OneOf {
    Updates() {
      super(DictionaryUpdate.values());
    }
  }
}

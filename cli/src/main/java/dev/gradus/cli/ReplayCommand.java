package dev.gradus.cli;

import ai.djl.Device;
import ai.djl.ndarray.types.DataType;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.gradus.Rules;
import dev.gradus.UserException;
import dev.gradus.cli.replay.Answer;
import dev.gradus.cli.replay.TraceFile;
import dev.gradus.cli.run.RunLog;
import dev.gradus.djl.array.NdArrayEngine;
import dev.gradus.equation.Pipeline;
import dev.gradus.trace.Precision;
import dev.gradus.trace.ReplayEngine;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.logging.Level;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code gradus replay}. */
@Command(
    name = "replay",
    sortOptions = false,
    customSynopsis = "gradus replay TRACE.json... [OPTION]...%n",
    description = {
      "Applies an optimizer to the gradients of recorded runs.",
      "",
      "Prints weights and states after every step in the trace's own shape, so that a run of"
          + " another program can be compared number by number; docs/replay.md describes the"
          + " format. Every trace gives one line of JSON, in order; of several, one that can't be"
          + " replayed gives a line with its error, and the exit code is 2."
    },
    footerHeading = "%nExamples%n",
    footer = {
      "  gradus replay adam.json",
      "  gradus replay adam.json --engine native",
      "  gradus replay adam.json --optimizer 'adam | project | decay(0.01)'"
    })
final class ReplayCommand implements Callable<Integer> {
  @Spec private CommandSpec spec = CommandSpec.create();

  @Parameters(arity = "1..*", paramLabel = "TRACE.json", description = "Recorded traces.")
  private List<Path> traces = List.of();

  @Option(
      names = "--engine",
      paramLabel = "ENGINE",
      converter = EngineWords.class,
      completionCandidates = EngineWords.class,
      description = {
        "reference: the equations as they stand, in double",
        "precision; native: the loops that training runs,",
        "in single precision; ndarray: operations on DJL",
        "arrays, in single precision. Default: ${DEFAULT-VALUE}."
      })
  private String engine = "reference";

  @Option(
      names = "--optimizer",
      paramLabel = "PIPELINE",
      converter = CatalogueText.Pipeline.class,
      completionCandidates = CatalogueText.Pipeline.class,
      description =
          "Update rules to take instead of the trace's own method; of its options only the"
              + " learning rate is then used.")
  private @Nullable String optimizer;

  @Mixin final HelpOption help = new HelpOption();

  @Override
  public Integer call() {
    var console = Console.of(spec);
    try (var _ = RunLog.install(console::note, Level.WARNING)) {
      if (traces.size() == 1) {
        answer(traces.getFirst(), console);
        return Gradus.OK;
      }
      return traces.stream()
          .mapToInt(trace -> answerOrTell(trace, console))
          .max()
          .orElse(Gradus.OK);
    }
  }

  private void answer(Path trace, Console console) {
    try {
      console.result(Answer.to(TraceFile.read(trace), pipeline(), engine()).toString());
    } catch (UserException mistake) {
      throw new UserException(trace + ": " + mistake.getMessage(), mistake);
    }
  }

  /** The exit code. */
  private int answerOrTell(Path trace, Console console) {
    try {
      answer(trace, console);
      return Gradus.OK;
    } catch (UserException mistake) {
      ObjectNode line = JsonNodeFactory.instance.objectNode();
      line.put("trace", trace.toString());
      line.put("error", mistake.getMessage());
      console.result(line.toString());
      console.note("gradus: " + mistake.getMessage());
      return Gradus.USER_MISTAKE;
    }
  }

  private Optional<Pipeline> pipeline() {
    return Optional.ofNullable(optimizer).map(Rules::parse);
  }

  private ReplayEngine engine() {
    return switch (OneOf.constant(Engine.class, engine)) {
      case REFERENCE -> ReplayEngine.REFERENCE;
      case NATIVE -> ReplayEngine.NATIVE;
      case NDARRAY ->
          new ReplayEngine(NdArrayEngine.on(Device.cpu(), DataType.FLOAT32), Precision.SINGLE);
    };
  }

  /** The engines by name. */
  private enum Engine {
    REFERENCE,
    NATIVE,
    NDARRAY
  }

  static final class EngineWords extends OneOf {
    EngineWords() {
      super(Engine.values());
    }
  }
}

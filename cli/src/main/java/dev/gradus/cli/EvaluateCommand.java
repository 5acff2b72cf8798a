package dev.gradus.cli;

import dev.gradus.cli.figure.Figures;
import dev.gradus.cli.run.Json;
import dev.gradus.cli.run.RunLog;
import dev.gradus.djl.Evaluation;
import dev.gradus.djl.Loss;
import dev.gradus.djl.model.Models;
import java.lang.foreign.Arena;
import java.util.concurrent.Callable;
import java.util.logging.Level;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code gradus evaluate}. */
@Command(
    name = "evaluate",
    sortOptions = false,
    customSynopsis = "gradus evaluate RUN [OPTION]...%n",
    description = {
      "Measures the network of a run on examples with labels.",
      "",
      "Prints loss, accuracy and so on, of the run's own test part or of new data, which are read"
          + " and normalised as the training data were. The run is left as it is."
    },
    footerHeading = "%nExamples%n",
    footer = {
      "  gradus evaluate runs/digits-lenet-bn-1",
      "  gradus evaluate runs/digits-lenet-bn-1 --part validation --json",
      "  gradus evaluate runs/wine-mlp-1 --data csv:new-wine.csv --label quality"
    })
final class EvaluateCommand implements Callable<Integer> {
  @Spec private CommandSpec spec = CommandSpec.create();
  @Mixin private final RunArguments arguments = new RunArguments();

  @Option(
      names = "--label",
      paramLabel = "COLUMN",
      description =
          "The label in a new table. Default: the last column that the network does not take.")
  private @Nullable String label;

  @Option(names = "--json", description = "Print the metrics as JSON.")
  private boolean json;

  @Mixin final HelpOption help = new HelpOption();

  @Override
  public Integer call() {
    var console = Console.of(spec);
    try (var _ = RunLog.install(console::note, Level.WARNING);
        var arena = Arena.ofConfined()) {
      var trained = arguments.weights.trained(arena, console);
      var examples = arguments.labelled(trained, label, console);
      try (var network = Models.trained(trained)) {
        var task = trained.data().task();
        var metrics = new Evaluation(network, task, Loss.of(task), arguments.batch()).of(examples);
        console.result(json ? Json.text(metrics) : Figures.line(metrics));
      }
    }
    return Gradus.OK;
  }
}

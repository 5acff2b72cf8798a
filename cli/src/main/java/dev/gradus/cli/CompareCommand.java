package dev.gradus.cli;

import dev.gradus.UserException;
import dev.gradus.cli.report.Wishes;
import java.nio.file.Path;
import java.util.List;
import java.util.SequencedMap;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code gradus compare}. */
@Command(
    name = "compare",
    sortOptions = false,
    customSynopsis = {
      "gradus compare PIPELINE... [OPTION]...",
      "       gradus compare --config FILE [OPTION]...%n"
    },
    description = {
      "Tells which of several optimizers does better, with an equal search for each.",
      "",
      "Each pipeline tries equally many learning rates around its usual one; validation chooses,"
          + " and test judges with new seeds. It ends with a table and a report as a page, CSV and"
          + " JSON. The folder has the comparison as a file for gradus sweep. A comparison that was"
          + " ended or killed goes on when the command is given again.",
      ""
    },
    footerHeading = "%nExamples%n",
    footer = {
      "  gradus compare adamw adamp 'adam | project' --seeds 5 --jobs 2",
      "  gradus compare adamw lamb --data fashion-mnist --epochs 3 --set batch=512"
    })
final class CompareCommand implements Callable<Integer> {
  @Spec private CommandSpec spec = CommandSpec.create();

  @Parameters(
      paramLabel = "PIPELINE",
      arity = "0..*",
      converter = CatalogueText.Pipeline.class,
      completionCandidates = CatalogueText.Pipeline.class,
      description = "Who is compared; the others are compared with the first.")
  private List<String> pipelines = List.of();

  @Mixin private final ComparisonArguments comparison = new ComparisonArguments();

  @Option(
      names = "--rates",
      paramLabel = "N",
      converter = Numbers.Count.class,
      description = {
        "How many learning rates each tries, about half a decade apart. Default: ${DEFAULT-VALUE}."
      })
  private int rates = 5;

  @Option(
      names = "--config",
      paramLabel = "FILE",
      description =
          "A YAML file with these options as keys, and the pipelines below 'pipelines'; the command"
              + " line wins.")
  private @Nullable Path config;

  @Mixin private final WorkArguments work = new WorkArguments();
  @Mixin final HelpOption help = new HelpOption();

  @Override
  public Integer call() {
    if (config != null) {
      new OptionFile(config, "pipelines", CompareCommand::new).fill(spec);
    }
    requirePipelines();
    var console = Console.of(spec);
    var folder = work.folder(config, "compare");
    var file = folder.resolve("compare.yaml");
    comparison.write(file, entrants(file, console));
    int code = work.carryOut(file, folder, console);
    if (code == Gradus.OK && !work.listsOnly()) {
      report(folder, console);
    }
    return code;
  }

  private void requirePipelines() {
    if (pipelines.isEmpty()) {
      throw new UserException("Command compare needs PIPELINE; name at least one.");
    }
    if (pipelines.stream().distinct().count() < pipelines.size()) {
      throw new UserException("A pipeline is given twice; leave one out.");
    }
  }

  private SequencedMap<String, SequencedMap<String, Object>> entrants(Path file, Console console) {
    return Comparing.entrants(
        file, pipelines, comparison.settings(), rates, new SweepData(console));
  }

  private static void report(Path folder, Console console) {
    var files = ReportFiles.in(folder);
    var report = files.write(List.of(folder), Wishes.NONE);
    report.studies().getFirst().verdicts().forEach(console::result);
    console.result(files.page().toString());
  }
}

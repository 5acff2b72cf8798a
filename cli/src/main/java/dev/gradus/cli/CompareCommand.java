package dev.gradus.cli;

import dev.gradus.UserException;
import dev.gradus.cli.page.PageFile;
import dev.gradus.cli.page.ReportPage;
import dev.gradus.cli.report.Gathering;
import dev.gradus.cli.report.Report;
import dev.gradus.cli.report.Wishes;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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
    customSynopsis = "gradus compare PIPELINE... [OPTION]...%n",
    description = {
      "Tells which of several optimizers does better, with an equal search for each.",
      "",
      "Each pipeline tries equally many learning rates around its usual one; validation chooses,"
          + " and test judges with new seeds. It ends with a table and a page, report.html. The"
          + " folder has the comparison as a file for gradus sweep. A comparison that was ended or"
          + " killed goes on when the command is given again.",
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
      arity = "1..*",
      converter = CatalogueText.Pipeline.class,
      completionCandidates = CatalogueText.Pipeline.class,
      description = "Who is compared; the others are compared with the first.")
  private List<String> pipelines = List.of();

  @Option(names = "--data", paramLabel = "DATA", description = "As gradus train takes it.")
  private @Nullable String data;

  @Option(names = "--model", paramLabel = "MODEL", description = "As gradus train takes it.")
  private @Nullable String model;

  @Option(
      names = "--epochs",
      paramLabel = "N",
      converter = Numbers.Count.class,
      description = "The budget of each run. Default: that of gradus train.")
  private @Nullable Integer epochs;

  @Option(
      names = "--set",
      paramLabel = "KEY=VALUE",
      description = "Another setting of every run, by its name in gradus train; may be repeated.")
  private Map<String, String> others = new LinkedHashMap<>();

  @Option(
      names = "--seeds",
      paramLabel = "N",
      converter = Numbers.Count.class,
      description = "How many seeds judge. Default: ${DEFAULT-VALUE}.")
  private int seeds = 3;

  @Option(
      names = "--rates",
      paramLabel = "N",
      converter = Numbers.Count.class,
      description = {
        "How many learning rates each tries, about half a decade apart. Default: ${DEFAULT-VALUE}."
      })
  private int rates = 5;

  @Option(
      names = "--out",
      paramLabel = "FOLDER",
      description = "Where everything is kept. Default: ${DEFAULT-VALUE}.")
  private Path out = Path.of("compare");

  @Option(
      names = "--jobs",
      paramLabel = "N",
      converter = Numbers.Count.class,
      description = "How many runs at a time, each in its own process. Default: 1.")
  private int jobs = 1;

  @Option(names = "--dry-run", description = "List the runs and how long they take, and end.")
  private boolean dryRun;

  @Mixin final HelpOption help = new HelpOption();

  @Override
  public Integer call() {
    if (pipelines.stream().distinct().count() < pipelines.size()) {
      throw new UserException("A pipeline is given twice; leave one out.");
    }
    var console = Console.of(spec);
    var comparing = new Comparing(pipelines, settings(), rates, seeds);
    var file = comparing.file(out, new SweepData(console));
    var sweep = new Sweep(file, out, jobs, console);
    if (dryRun) {
      return sweep.list();
    }
    int code = sweep.run();
    if (code == Gradus.OK) {
      report(console);
    }
    return code;
  }

  private SequencedMap<String, String> settings() {
    var settings = new LinkedHashMap<>(others);
    put(settings, "data", data);
    put(settings, "model", model);
    put(settings, "epochs", epochs);
    return settings;
  }

  private static void put(Map<String, String> settings, String key, @Nullable Object value) {
    if (value != null && settings.putIfAbsent(key, value.toString()) != null) {
      throw new UserException("The setting '" + key + "' is given twice; give it once.");
    }
  }

  private void report(Console console) {
    var page = out.resolve("report.html");
    var gathering = Gathering.of(List.of(out), SweepSection.shared());
    var report = Report.of(gathering, new Wishes(null, null, null));
    PageFile.at(page).write(ReportPage.of(report));
    report.studies().getFirst().contenders().stream()
        .map(contender -> contender.verdict().strip())
        .filter(verdict -> !verdict.isEmpty())
        .forEach(console::result);
    console.result(page.toString());
  }
}

package dev.gradus.cli;

import dev.gradus.cli.report.Report;
import dev.gradus.cli.report.Study;
import dev.gradus.cli.report.Wishes;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code gradus report}. */
@Command(
    name = "report",
    sortOptions = false,
    customSynopsis = "gradus report FOLDER... [OPTION]...%n",
    description = {
      "Makes a page for a browser from finished runs and sweeps.",
      "",
      "Runs on the same data with the same budget are compared seed by seed; others stand apart."
          + " The page has results with intervals, a verdict in plain words, curves, learning"
          + " rates, time and memory, and what was measured inside the network. It is one file"
          + " that needs no network.",
      ""
    },
    footerHeading = "%nExamples%n",
    footer = {
      "  gradus report experiments/compression-mlp --html report.html",
      "      a sweep",
      "  gradus report runs --html report.html --csv report.csv",
      "      every run in a folder, and every number as a table"
    })
final class ReportCommand implements Callable<Integer> {
  private static final double GIGA = 1e9;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Parameters(
      paramLabel = "FOLDER",
      arity = "1..*",
      description = "Run folders, folders of sweeps, or folders that hold runs.")
  private List<Path> folders = List.of();

  @Option(
      names = "--html",
      paramLabel = "FILE",
      description = "The page. Default: ${DEFAULT-VALUE}.")
  private Path html = Path.of("report.html");

  @Option(names = "--csv", paramLabel = "FILE", description = "Every number as a long table.")
  private @Nullable Path csv;

  @Option(names = "--json", paramLabel = "FILE", description = "Every number as JSON.")
  private @Nullable Path json;

  @Option(
      names = "--baseline",
      paramLabel = "NAME",
      description = "Whom the others are compared with. Default: a sweep's, or the first run's.")
  private @Nullable String baseline;

  @Option(
      names = "--target",
      paramLabel = "VALUE",
      converter = Numbers.Positive.class,
      description = {
        "Tell how soon validation reaches this, such as 0.95. Default: what the baseline reaches"
            + " with every seed."
      })
  private @Nullable Double target;

  @Option(
      names = "--bandwidth",
      paramLabel = "GB/S",
      converter = Numbers.Positive.class,
      description = {
        "What memory moves on the machine of the runs, as gradus explain tells it, to"
            + " show the least time for an optimizer's bytes."
      })
  private @Nullable Double bandwidth;

  @Mixin final HelpOption help = new HelpOption();

  @Override
  public Integer call() {
    var report = ReportFiles.at(html, csv, json).write(folders, wishes());
    tell(report, Console.of(spec));
    return Gradus.OK;
  }

  private Wishes wishes() {
    return new Wishes(baseline, target, bandwidth == null ? null : GIGA * bandwidth);
  }

  private void tell(Report report, Console console) {
    report.notes().forEach(console::note);
    report.studies().forEach(study -> tell(study, console));
    console.result(html.toString());
  }

  private static void tell(Study study, Console console) {
    console.result(study.title());
    study.verdicts().forEach(verdict -> console.result("  " + verdict));
  }
}

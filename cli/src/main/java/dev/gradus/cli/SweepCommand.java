package dev.gradus.cli;

import static java.lang.System.Logger.Level.ERROR;

import dev.gradus.UserException;
import dev.gradus.cli.figure.Figures;
import dev.gradus.cli.run.RunFiles;
import dev.gradus.cli.run.RunLog;
import dev.gradus.cli.sweep.Plan;
import dev.gradus.cli.sweep.ResultFolder;
import dev.gradus.cli.sweep.SweepOutcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.function.BooleanSupplier;
import java.util.logging.Level;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code gradus sweep}. */
@Command(
    name = "sweep",
    sortOptions = false,
    customSynopsis = "gradus sweep FILE [OPTION]...%n",
    description = {
      "Compares optimizers by many runs, with an equal search for each.",
      "",
      "Every entrant of the file is run with equally many candidate settings; validation chooses"
          + " one of them, and test judges it with new seeds. The table has means and differences"
          + " to a baseline, seed by seed. A sweep that was ended or killed goes on when the"
          + " command is given again.",
      ""
    },
    footerHeading = "%nExample of a file; docs/sweep.md tells the rest%n",
    footer = {
      "  settings: {data: digits, epochs: 10}   # of every run",
      "  search:                                # candidates of every entrant",
      "    lr: [0.001, 0.003, 0.01]",
      "  entrants:",
      "    adamw: {optimizer: adamw}",
      "    adamp: {optimizer: adamp}",
      "  baseline: adamw",
      "  tuning-seeds: [0]",
      "  seeds: [1, 2, 3, 4, 5]"
    })
final class SweepCommand implements Callable<Integer> {
  private static final System.Logger LOG = System.getLogger(SweepCommand.class.getName());

  @Spec private CommandSpec spec = CommandSpec.create();

  @Parameters(paramLabel = "FILE", description = "What is compared, as YAML.")
  private Path file = Path.of("");

  @Option(
      names = "--out",
      paramLabel = "FOLDER",
      description = "Where results are kept. Default: the file's name without its ending.")
  private @Nullable Path out;

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
    var console = Console.of(spec);
    var description = SweepFile.read(file);
    var results = new ResultFolder(folder());
    try (var log = RunLog.install(console::note, Level.WARNING)) {
      var runs = new SweepRuns(description, new SweepData(console));
      runs.requireSame(results);
      var estimate = new SweepEstimate(runs, results, jobs);
      announce(runs.plan(), results, estimate, console);
      if (dryRun) {
        new SweepListing(runs.plan(), results).lines().forEach(console::result);
        return Gradus.OK;
      }
      log.writeTo(new RunFiles(made(results.folder())));
      return carryOut(runs, results, estimate, console);
    }
  }

  private Path folder() {
    var name = String.valueOf(file.getFileName()).replaceFirst("\\.ya?ml$", "");
    var usual = file.resolveSibling(name);
    if (out == null && usual.equals(file)) {
      throw new UserException(
          "The file '" + file + "' has no ending .yaml; name a folder by --out.");
    }
    return out == null ? usual : out;
  }

  private static Path made(Path folder) {
    try {
      return Files.createDirectories(folder);
    } catch (IOException failure) {
      throw new UserException(
          "The folder '" + folder + "' cannot be made; choose another by --out.", failure);
    }
  }

  private static void announce(
      Plan plan, ResultFolder results, SweepEstimate estimate, Console console) {
    console.note(
        "%d runs, %d finished; about %s for the rest"
            .formatted(plan.size(results), plan.finished(results), Figures.time(estimate.left())));
  }

  private int carryOut(
      SweepRuns runs, ResultFolder results, SweepEstimate estimate, Console console) {
    try (var interruption = Interruption.listen(console)) {
      var progress = new SweepProgress(console, runs.plan(), results, estimate);
      work(runs, results, progress, interruption::isRequested);
      return interruption.isRequested()
          ? interrupted(runs.plan(), results, console, interruption)
          : finish(runs.plan(), results, console);
    } catch (UserException mistake) {
      throw mistake;
    } catch (RuntimeException | Error failure) {
      LOG.log(ERROR, "Gradus failed", failure);
      throw new LoggedFailure(new RunFiles(results.folder()).log(), failure);
    }
  }

  private void work(
      SweepRuns runs, ResultFolder results, SweepProgress progress, BooleanSupplier stop) {
    try (var _ = SweepWorkers.start(jobs - 1, file, results.folder())) {
      var training = new SweepTraining(runs, progress, stop);
      new SweepWork(runs.plan(), results, training, progress::finished, stop).run();
    }
  }

  private int interrupted(
      Plan plan, ResultFolder results, Console console, Interruption interruption) {
    console.note(
        "Ended with %d of %d runs finished; the same command goes on from there."
            .formatted(plan.finished(results), plan.size(results)));
    return interruption.exitCode();
  }

  private static int finish(Plan plan, ResultFolder results, Console console) {
    var outcome = SweepOutcome.of(plan, results);
    SweepFiles.write(outcome, results.folder());
    results.tidy();
    console.result(new SweepTable(outcome).text());
    console.result("\n" + results.folder().resolve("table.md"));
    return Gradus.OK;
  }
}

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
import java.util.function.BooleanSupplier;
import java.util.logging.Level;

/** A sweep from its file to its tables. */
final class Sweep {
  private static final System.Logger LOG = System.getLogger(Sweep.class.getName());

  private final Path file;
  private final ResultFolder results;
  private final int jobs;
  private final Console console;

  /**
   * A sweep.
   *
   * @param file what is compared
   * @param folder where results are kept
   * @param jobs how many runs at a time
   */
  Sweep(Path file, Path folder, int jobs, Console console) {
    this.file = file;
    results = new ResultFolder(folder);
    this.jobs = jobs;
    this.console = console;
  }

  /** Lists the runs and how long they take; returns an exit code. */
  int list() {
    try (var _ = RunLog.install(console::note, Level.WARNING)) {
      var runs = checked();
      announce(runs.plan(), new SweepEstimate(runs, results, jobs));
      new SweepListing(runs, results).lines().forEach(console::result);
      return Gradus.OK;
    }
  }

  /** Makes the runs that are not finished, and the tables; returns an exit code. */
  int run() {
    try (var log = RunLog.install(console::note, Level.WARNING)) {
      var runs = checked();
      var estimate = new SweepEstimate(runs, results, jobs);
      announce(runs.plan(), estimate);
      log.writeTo(new RunFiles(made(results.folder())));
      runs.times().keep();
      return carryOut(runs, estimate);
    }
  }

  private SweepRuns checked() {
    var times = new EpochTimes(results.folder());
    var runs = new SweepRuns(SweepFile.read(file), new SweepData(console), times);
    runs.requireSame(results);
    return runs;
  }

  private static Path made(Path folder) {
    try {
      return Files.createDirectories(folder);
    } catch (IOException failure) {
      throw new UserException(
          "The folder '" + folder + "' cannot be made; choose another by --out.", failure);
    }
  }

  private void announce(Plan plan, SweepEstimate estimate) {
    console.note(
        "%d runs, %d finished; about %s for the rest"
            .formatted(plan.size(results), plan.finished(results), Figures.time(estimate.left())));
  }

  private int carryOut(SweepRuns runs, SweepEstimate estimate) {
    try (var interruption = Interruption.listen(console)) {
      var progress = new SweepProgress(console, runs.plan(), results, estimate);
      work(runs, progress, interruption::isRequested);
      return interruption.isRequested()
          ? interrupted(runs.plan(), interruption)
          : finish(runs.plan());
    } catch (UserException mistake) {
      throw mistake;
    } catch (RuntimeException | Error failure) {
      LOG.log(ERROR, "Gradus failed", failure);
      throw new LoggedFailure(new RunFiles(results.folder()).log(), failure);
    }
  }

  private void work(SweepRuns runs, SweepProgress progress, BooleanSupplier stop) {
    try (var _ = SweepWorkers.start(jobs - 1, file, results.folder())) {
      var training = new SweepTraining(runs, progress, stop);
      new SweepWork(runs.plan(), results, training, progress::finished, stop).run();
    }
  }

  private int interrupted(Plan plan, Interruption interruption) {
    console.note(
        "Ended with %d of %d runs finished; the same command goes on from there."
            .formatted(plan.finished(results), plan.size(results)));
    return interruption.exitCode();
  }

  private int finish(Plan plan) {
    var outcome = SweepOutcome.of(plan, results);
    SweepFiles.write(outcome, results.folder());
    results.tidy();
    console.result(new SweepTable(outcome).text());
    console.result("\n" + results.folder().resolve("table.md"));
    return Gradus.OK;
  }
}

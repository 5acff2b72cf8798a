package dev.gradus.cli;

import static java.lang.System.Logger.Level.ERROR;
import static java.lang.System.Logger.Level.INFO;

import dev.gradus.UserException;
import dev.gradus.cli.figure.Figures;
import dev.gradus.cli.run.Divergence;
import dev.gradus.cli.run.Result;
import dev.gradus.cli.run.RunFiles;
import dev.gradus.cli.run.RunFolder;
import dev.gradus.cli.run.RunLog;
import dev.gradus.djl.DivergedException;
import dev.gradus.djl.Network;
import dev.gradus.djl.NotFiniteException;
import dev.gradus.djl.OtherExamplesException;
import dev.gradus.djl.TrainingEvent;
import dev.gradus.djl.TrainingResult;
import dev.gradus.djl.data.DataSet;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;

/** Trains with the settings of a command line, in the folder of a run. */
final class TrainingInFolder {
  private static final System.Logger LOG = System.getLogger(TrainingInFolder.class.getName());

  private final String command;
  private final TrainSettings settings;
  private final Trainer trainer;
  private final Console console;
  private final RunLog log;
  private final Consumer<RunFiles> afterwards;
  private final Planning planning;

  /**
   * Trains for a command.
   *
   * @param command what it is called
   * @param trainer where the steps are made
   * @param afterwards what it does with a finished run
   */
  TrainingInFolder(
      String command,
      TrainSettings settings,
      Trainer trainer,
      Console console,
      RunLog log,
      Consumer<RunFiles> afterwards) {
    this.command = command;
    this.afterwards = afterwards;
    this.settings = settings;
    this.trainer = trainer;
    this.console = console;
    this.log = log;
    planning = new Planning(settings, console);
  }

  /** Starts a new run; its folder is made when nothing is wrong with data, model and optimizer. */
  int begin(Settings all) {
    var data = open();
    try (var network = settings.network(data);
        var folder = newFolder(data)) {
      folder.configure(all.print());
      return train(folder.files(), data, network);
    }
  }

  /** Goes on with a run, unless it is finished. */
  int goOn(RunFiles files) {
    try (var folder = RunFolder.open(files.folder())) {
      if (files.isFinished()) {
        console.note("The run " + files.folder() + " is finished.");
        report(folder.files());
        return Gradus.OK;
      }
      var data = open();
      try (var network = settings.untrained(data)) {
        return train(files, data, network);
      }
    }
  }

  private DataSet open() {
    var data = trainer.open(settings, new Loading(console));
    data.statements().forEach(this::tell);
    settings.complete(data);
    return data;
  }

  private RunFolder newFolder(DataSet data) {
    return settings.out == null
        ? RunFolder.createNumbered(
            Runs.FOLDER, Runs.name(data.name(), settings.model(data).toString()))
        : RunFolder.create(settings.out);
  }

  private int train(RunFiles files, DataSet data, Network network) {
    log.writeTo(files);
    tell(settings + " in the folder " + files.folder());
    Divergence.forget(files);
    try (var recorder = new Recorder(files, Sessions.with(settings.step));
        var interruption = Interruption.listen(console);
        var progress = Progress.on(console)) {
      var listeners =
          List.of(
              recorder,
              settings.loop.curves(files.folder()),
              new Diary(),
              this::sayWhereItGoesOn,
              progress);
      var result = trainer.train(files, data, network, listeners, interruption::isRequested);
      return ended(files, result, interruption);
    } catch (DivergedException diverged) {
      writeDown(diverged, files);
      throw diverged;
    } catch (NotFiniteException diverged) {
      writeDown(diverged, files);
      console.note("To go on without such steps: " + resume(files.folder()) + " --skip-nonfinite");
      throw diverged;
    } catch (OtherExamplesException changed) {
      console.note(
          "To begin a new run with the rates of the same examples: gradus train --config %s --rates-from %s"
              .formatted(quoted(files.configuration()), quoted(files.folder())));
      throw changed;
    } catch (UserException mistake) {
      throw mistake;
    } catch (RuntimeException | Error failure) {
      LOG.log(ERROR, "Gradus failed", failure);
      throw new LoggedFailure(files.log(), failure);
    }
  }

  private static void writeDown(NotFiniteException diverged, RunFiles files) {
    new Divergence(RunFiles.FORMAT, diverged.step() + 1, diverged.what()).write(files);
  }

  private void sayWhereItGoesOn(TrainingEvent event) {
    if (event instanceof TrainingEvent.Started started && started.step() > 0) {
      console.note("Going on after step %d of %d".formatted(started.step(), started.totalSteps()));
    }
  }

  private int ended(RunFiles files, TrainingResult result, Interruption interruption) {
    if (result.outcome() == TrainingResult.Outcome.INTERRUPTED) {
      console.note(
          "Ended after step %d; go on with: %s".formatted(result.steps(), resume(files.folder())));
      return interruption.exitCode();
    }
    report(files);
    return Gradus.OK;
  }

  private void report(RunFiles files) {
    var result = Result.read(files);
    planning.against(files, result).ifPresent(console::note);
    console.result(ResultTable.of(result));
    console.result(
        "%nbest epoch %d of %d%s, %s, %s"
            .formatted(
                result.bestEpoch(),
                result.epochs(),
                result.stoppedEarly() ? ", stopped early" : "",
                Figures.seconds(result.seconds()),
                files.folder()));
    afterwards.accept(files);
  }

  private void tell(String line) {
    LOG.log(INFO, line);
    console.note(line);
  }

  private String resume(Path folder) {
    return "gradus %s --resume %s".formatted(command, quoted(folder));
  }

  private static String quoted(Path path) {
    var text = path.toString();
    return text.contains(" ") ? "'" + text + "'" : text;
  }
}

package dev.gradus.cli;

import dev.gradus.cli.run.RunFiles;
import dev.gradus.djl.Trained;
import java.lang.foreign.Arena;
import java.nio.file.Path;
import picocli.CommandLine;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** A run, and which of its weights. */
final class WeightArguments {
  @Parameters(paramLabel = "RUN", description = "The folder of a run of gradus train.")
  private Path run = Path.of("");

  @Option(
      names = "--checkpoint",
      paramLabel = "WHICH",
      converter = Which.class,
      completionCandidates = Which.class,
      description = {"The weights: best, by validation, or newest.", "Default: ${DEFAULT-VALUE}."})
  private String checkpoint;

  WeightArguments() {
    this(Moment.BEST);
  }

  /** Of this moment, if none is chosen. */
  WeightArguments(Moment usual) {
    checkpoint = OneOf.word(usual);
  }

  /** Reads the weights. */
  Trained trained(Arena arena, Console console) {
    var folder = RunFiles.existing(run).checkpoints();
    var trained =
        OneOf.constant(Moment.class, checkpoint) == Moment.BEST
            ? Trained.best(folder, arena, console::note)
            : Trained.newest(folder, arena, console::note);
    if (trained.averaged()) {
      console.note("The weights are the averages that ema has kept.");
    }
    return trained;
  }

  /** The files of the run. */
  RunFiles files() {
    return RunFiles.existing(run);
  }

  /** Which of the weights, in a word. */
  String moment() {
    return checkpoint;
  }

  /** The settings that the run has. */
  TrainSettings settings() {
    var settings = new TrainSettings();
    var line = new CommandLine(settings);
    line.parseArgs();
    new Settings(line.getCommandSpec())
        .fillFrom(RunFile.read(RunFiles.existing(run).configuration()));
    return settings;
  }

  /** Which checkpoint. */
  enum Moment {
    BEST,
    NEWEST
  }

  static final class Which extends OneOf {
    Which() {
      super(Moment.values());
    }
  }
}

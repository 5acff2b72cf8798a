package dev.gradus.cli;

import static picocli.CommandLine.Model.UsageMessageSpec.SECTION_KEY_OPTION_LIST;

import java.io.PrintStream;
import java.io.PrintWriter;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Help.Ansi.Style;
import picocli.CommandLine.Help.ColorScheme;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The command line's entry point. */
@Command(
    name = "gradus",
    versionProvider = Version.class,
    customSynopsis = "gradus COMMAND [OPTION]...%n",
    sortOptions = false,
    description = {
      "Trains neural networks with optimizers that are composed of equations.",
      "",
      "An optimizer is a pipeline of rules such as 'adam | project | decay(0.01)'; loops"
          + " are generated for its equations. Every run has a folder of its own with its settings,"
          + " measurements and checkpoints, from which it goes on with the same bits when it was"
          + " interrupted."
    },
    footerHeading = "%nExamples%n",
    footer = {
      "  gradus train",
      "      train on handwritten digits that are built in; takes seconds",
      "  gradus train --data fashion-mnist --optimizer 'adam | project' --epochs 3",
      "      other data, another optimizer",
      "  gradus train --resume",
      "      go on with the newest run that was interrupted",
      "  gradus evaluate runs/digits-lenet-bn-1",
      "      measure a trained network once more, or on new data",
      "  gradus personalize --from runs/photos --target classes:cat,dog",
      "      make it good at some classes",
      "  gradus predict runs/photos --data images:new-photos/ > answers.csv",
      "      let it answer",
      "  gradus factors runs/parts --html factors.html",
      "      show what the factors of a network stand for",
      "  gradus export runs/digits-lenet-bn-1 --to lenet.safetensors",
      "      take its weights to PyTorch",
      "  gradus compare adamw adamp --seeds 5",
      "      tell which does better, with an equal search for each",
      "  gradus sweep experiments/usual-rates.yaml --dry-run",
      "      list the runs of a comparison and how long they take",
      "  gradus report experiments/compression-mlp --html report.html",
      "      a page about a comparison, with a verdict, curves and tables",
      "  gradus compress plan --workers 4 --link 100mbit",
      "      predict what compressed gradients gain on several workers",
      "  gradus toys --optimizer adam --optimizer 'adam | project'",
      "      draw the ways of optimizers over functions of two weights",
      "  gradus doctor",
      "      try out what can be wrong with this machine and its DJL",
      "",
      "Environment",
      "  GRADUS_DATA        the folder where data sets are looked for first",
      "  GRADUS_JAVA_OPTS   options for the JVM, such as -Xmx8g",
      "  NO_COLOR           print without bold letters"
    },
    exitCodeListHeading = "%nExit codes%n",
    exitCodeList = {
      "0:done",
      "1:a fault of Gradus",
      "2:a mistake in the command line, a file or the data",
      "130:interrupted by Ctrl-C, with a checkpoint",
      "143:asked to end by the system, with a checkpoint"
    },
    subcommands = {
      TrainCommand.class,
      SparkTrainCommand.class,
      EvaluateCommand.class,
      SuspectsCommand.class,
      FactorsCommand.class,
      PersonalizeCommand.class,
      PredictCommand.class,
      ExportCommand.class,
      RulesCommand.class,
      ExplainCommand.class,
      LrFindCommand.class,
      CompressCommand.class,
      ReplayCommand.class,
      CompareCommand.class,
      SweepCommand.class,
      ReportCommand.class,
      ToysCommand.class,
      DoctorCommand.class,
      CompletionCommand.class,
      HelpCommand.class
    })
public final class Gradus implements Runnable {
  static final int OK = 0;
  static final int OUR_FAULT = 1;
  static final int USER_MISTAKE = 2;

  private static final int HELP_WIDTH = 80;

  /** Bold letters are readable on light and dark alike. */
  private static final ColorScheme COLOURS =
      new ColorScheme.Builder(Ansi.AUTO).commands(Style.bold).options(Style.bold).build();

  @Spec private CommandSpec spec = CommandSpec.create();

  @Mixin final HelpOption help = new HelpOption();

  @Option(
      names = {"-V", "--version"},
      versionHelp = true,
      description = "Print version, commit and Java runtime, and end.")
  boolean version;

  Gradus() {}

  /**
   * Runs a command and ends the program with its exit code.
   *
   * @param arguments the command and its options
   */
  public static void main(String[] arguments) {
    System.exit(run(writer(System.out), writer(System.err), arguments));
  }

  private static PrintWriter writer(PrintStream stream) {
    return new PrintWriter(stream, true, stream.charset());
  }

  static int run(PrintWriter out, PrintWriter err, String... arguments) {
    var failures = new Failures(err);
    try {
      return commandLine(failures).setOut(out).setErr(err).execute(arguments);
    } catch (Error failure) {
      return failures.report(failure);
    }
  }

  private static CommandLine commandLine(Failures failures) {
    var line = new CommandLine(new Gradus());
    listBelowHeadings(line);
    return line.setUsageHelpWidth(HELP_WIDTH)
        .setColorScheme(COLOURS)
        .setParameterExceptionHandler((mistake, _) -> failures.refuse(mistake))
        .setExecutionExceptionHandler((failure, _, _) -> failures.report(failure));
  }

  private static void listBelowHeadings(CommandLine line) {
    for (var command : line.getSubcommands().values()) {
      command.getHelpSectionMap().put(SECTION_KEY_OPTION_LIST, new OptionSections());
      listBelowHeadings(command);
    }
  }

  @Override
  public void run() {
    spec.commandLine().usage(spec.commandLine().getOut());
  }
}

package dev.gradus.cli;

import dev.gradus.UserException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
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
    var sweep = new Sweep(file, folder(), jobs, Console.of(spec));
    return dryRun ? sweep.list() : sweep.run();
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
}

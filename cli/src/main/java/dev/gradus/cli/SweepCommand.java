package dev.gradus.cli;

import dev.gradus.UserException;
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

/** {@code gradus sweep}. */
@Command(
    name = "sweep",
    sortOptions = false,
    customSynopsis = {
      "gradus sweep FILE [OPTION]...",
      "       gradus sweep --optimizer PIPELINE --search KEY=VALUES [OPTION]...%n"
    },
    description = {
      "Compares settings or optimizers by many runs, with an equal search for each.",
      "",
      "Every entrant of the file is run with equally many candidate settings; validation chooses"
          + " one of them, and test judges it with new seeds. The table has means and differences"
          + " to a baseline, seed by seed. Without a file one optimizer is tuned. A sweep that was"
          + " ended or killed goes on when the command is given again.",
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
  private static final String FOLDER = "sweep";

  /** A comma that does not stand in parentheses. */
  private static final String BETWEEN = ",(?![^(]*\\))";

  @Spec private CommandSpec spec = CommandSpec.create();

  @Parameters(
      paramLabel = "FILE",
      arity = "0..1",
      description = "What is compared, as YAML; only --out, --jobs and --dry-run go with it.")
  private @Nullable Path file;

  @Option(
      names = "--optimizer",
      paramLabel = "PIPELINE",
      converter = CatalogueText.Pipeline.class,
      completionCandidates = CatalogueText.Pipeline.class,
      description = "What is tuned without a file. Default: that of gradus train.")
  private @Nullable String optimizer;

  @Option(
      names = "--search",
      paramLabel = "KEY=VALUES",
      description =
          "What is varied, by its name in gradus train: values with commas between them, or a range"
              + " such as '0.001 to 0.1'; may be repeated.")
  private Map<String, String> varied = new LinkedHashMap<>();

  @Mixin private final ComparisonArguments comparison = new ComparisonArguments();
  @Mixin private final WorkArguments work = new WorkArguments();
  @Mixin final HelpOption help = new HelpOption();

  @Override
  public Integer call() {
    return work.carryOut(file(), work.folder(file, FOLDER), Console.of(spec));
  }

  private Path file() {
    if (file != null) {
      requireNothingElse(file);
      return file;
    }
    if (varied.isEmpty()) {
      throw new UserException("Name a FILE, or by --search what is varied, such as lr=0.01,0.1.");
    }
    var written = work.folder(null, FOLDER).resolve("sweep.yaml");
    comparison.write(written, entrants());
    return written;
  }

  private void requireNothingElse(Path given) {
    var ours = CommandSpec.forAnnotatedObject(new WorkArguments()).optionsMap().keySet();
    for (var option : spec.commandLine().getParseResult().matchedOptions()) {
      if (!ours.contains(option.longestName())) {
        throw new UserException(
            "Option %s cannot change what %s says; write it there."
                .formatted(option.longestName(), given));
      }
    }
  }

  private SequencedMap<String, SequencedMap<String, Object>> entrants() {
    var entrant = new LinkedHashMap<String, Object>();
    if (optimizer != null) {
      entrant.put("optimizer", optimizer);
    }
    varied.forEach((key, values) -> entrant.put(key, List.of(values.split(BETWEEN, -1))));
    var entrants = new LinkedHashMap<String, SequencedMap<String, Object>>();
    entrants.put(optimizer == null ? "tuned" : optimizer, entrant);
    return entrants;
  }
}

package dev.gradus.bench.layerwise;

import dev.gradus.bench.Table;
import dev.gradus.cli.data.DataOptions;
import dev.gradus.cli.data.DataSets;
import dev.gradus.cli.data.LoadListener;
import dev.gradus.cli.data.SplitOptions;
import dev.gradus.djl.data.DataSet;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/**
 * Layer-wise ADMM beside block-ADMM: chooses ρ by the validation accuracy of runs that never see a
 * test example, then makes runs of other seeds with it. Finished runs have a file each and are not
 * made again.
 */
@Command(
    name = "LayerwiseRuns",
    mixinStandardHelpOptions = true,
    description = "Full-batch layer-wise ADMM on the network plain-mlp.")
public final class LayerwiseRuns implements Callable<Integer> {
  private static final double PERCENT = 100;

  @Parameters(arity = "0..1", paramLabel = "FOLDER", description = "Where results are.")
  private Path folder = Path.of("experiments/layerwise-admm");

  @Option(names = "--data", split = ",", description = "mnist, fashion-mnist, digits.")
  private List<String> data = List.of("mnist", "fashion-mnist");

  @Option(names = "--train-part", description = "As that of gradus train.")
  private double trainPart = 1;

  @Option(names = "--rho", split = ",", description = "Penalties to choose from.")
  private List<Double> penalties = List.of(0.01, 0.1, 1.0, 10.0);

  @Option(names = "--iterations", description = "Of each run.")
  private int iterations = 200;

  @Option(names = "--tuning-seed", description = "The seed with which the penalty is chosen.")
  private long tuningSeed;

  @Option(names = "--seed", split = ",", description = "Seeds of the runs that are tested.")
  private List<Long> seeds = List.of(1L, 2L, 3L);

  private LayerwiseRuns() {}

  /**
   * Makes the runs that are missing, then prints and writes the table.
   *
   * @param arguments see {@code --help}
   */
  public static void main(String[] arguments) {
    System.setProperty("ai.djl.pytorch.num_threads", "1");
    System.exit(new CommandLine(new LayerwiseRuns()).execute(arguments));
  }

  @Override
  public Integer call() throws IOException {
    Files.createDirectories(folder);
    var table = new Table("data", "ρ", "best iterations", "test accuracy, %", "mean ± sd, %");
    for (String name : data) {
      var set = DataSets.open(name, DataOptions.usual(LoadListener.SILENT));
      add(set.withTrainPart(trainPart, SplitOptions.USUAL.seed()), table);
    }
    Files.writeString(folder.resolve("table.md"), table.toString());
    IO.println(table);
    return CommandLine.ExitCode.OK;
  }

  private void add(DataSet set, Table table) throws IOException {
    double rho = chosen(set);
    var iterations = new ArrayList<String>();
    var accuracies = new ArrayList<Double>();
    for (long seed : seeds) {
      var outcome = outcome(set, new LayerwiseRun(seed, rho, this.iterations));
      iterations.add(Integer.toString(outcome.iteration()));
      accuracies.add(PERCENT * outcome.test());
    }
    table.row(
        set.name(),
        Double.toString(rho),
        String.join(", ", iterations),
        accuracies.stream().map(LayerwiseRuns::twoDecimals).collect(Collectors.joining(", ")),
        spread(accuracies));
  }

  /** The penalty with which the tuning seed gets furthest on validation examples. */
  private double chosen(DataSet set) throws IOException {
    double best = penalties.getFirst();
    double highest = Double.NEGATIVE_INFINITY;
    for (double rho : penalties) {
      var run = new LayerwiseRun(tuningSeed, rho, iterations);
      double validation = outcome(set.withoutTest(), run).validation();
      best = validation > highest ? rho : best;
      highest = Math.max(highest, validation);
    }
    return best;
  }

  private LayerwiseRun.Outcome outcome(DataSet set, LayerwiseRun run) throws IOException {
    var conditions =
        "%s-part%s-rho%s-iterations%d-seed%d"
            .formatted(set.name(), trainPart, run.rho(), run.iterations(), run.seed());
    var outcome = new LayerwiseResults(folder).of(conditions, () -> run.on(set));
    IO.println(conditions + " " + outcome);
    return outcome;
  }

  private static String spread(List<Double> numbers) {
    double mean = numbers.stream().mapToDouble(Double::doubleValue).average().orElseThrow();
    double squares = numbers.stream().mapToDouble(each -> (each - mean) * (each - mean)).sum();
    return twoDecimals(mean) + " ± " + twoDecimals(Math.sqrt(squares / (numbers.size() - 1)));
  }

  private static String twoDecimals(double number) {
    return Table.number(number, 2);
  }
}

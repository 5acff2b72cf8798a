package dev.gradus.cli;

import de.siegmar.fastcsv.writer.CsvWriter;
import dev.gradus.cli.Suspects.Suspect;
import dev.gradus.cli.run.RunLog;
import dev.gradus.djl.Answers;
import dev.gradus.djl.Training;
import dev.gradus.djl.model.Models;
import java.lang.foreign.Arena;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.logging.Level;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code gradus suspects}. */
@Command(
    name = "suspects",
    sortOptions = false,
    customSynopsis = "gradus suspects RUN [OPTION]...%n",
    description = {
      "Lists the training examples that a run trusts least, as CSV.",
      "",
      "The run must have learned a rate for every example: gradus train --instances rates. The"
          + " lower the rate, the more learning from the example would have hurt on the trusted"
          + " examples; often its label is wrong."
    },
    footerHeading = "%nExamples%n",
    footer = {
      "  gradus train --data images:photos/ --instances rates --out runs/photos",
      "  gradus suspects runs/photos --count 200 > suspects.csv"
    })
final class SuspectsCommand implements Callable<Integer> {
  private static final List<String> HEADER =
      List.of("example", "rate", "label", "answer", "probability of the label");
  private static final int USUAL_COUNT = 20;

  @Spec private CommandSpec spec = CommandSpec.create();
  @Mixin private final WeightArguments weights = new WeightArguments();

  @Option(
      names = "--count",
      paramLabel = "N",
      converter = Numbers.Count.class,
      description = "How many are listed. Default: ${DEFAULT-VALUE}.")
  private int count = USUAL_COUNT;

  @Mixin final HelpOption help = new HelpOption();

  @Override
  public Integer call() {
    var console = Console.of(spec);
    try (var _ = RunLog.install(console::note, Level.WARNING);
        var arena = Arena.ofConfined()) {
      var trained = weights.trained(arena, console);
      var set = weights.settings().open(new Loading(console));
      try (var network = Models.trained(trained)) {
        var answers = new Answers(network, set.task(), Training.DEFAULT_BATCH);
        var rates = Suspects.rates(trained.checkpoint().checkpoint().tensors());
        var suspects = Suspects.of(set, rates, answers);
        print(suspects.ranked().stream().limit(count).toList());
        suspects.judged().ifPresent(console::note);
      }
    }
    return Gradus.OK;
  }

  private void print(List<Suspect> suspects) {
    var out = spec.commandLine().getOut();
    var csv = CsvWriter.builder().bufferSize(0).build(out);
    csv.writeRecord(HEADER);
    for (Suspect suspect : suspects) {
      csv.writeRecord(
          suspect.identity(),
          Figures.number(suspect.rate()),
          suspect.label(),
          suspect.answer(),
          Figures.number(suspect.probability()));
    }
    out.flush();
  }
}

package dev.gradus.cli;

import de.siegmar.fastcsv.writer.CsvWriter;
import dev.gradus.UserException;
import dev.gradus.cli.Suspects.Judgement;
import dev.gradus.cli.Suspects.Suspect;
import dev.gradus.cli.SuspectsReport.Source;
import dev.gradus.cli.WeightArguments.Moment;
import dev.gradus.cli.figure.Figures;
import dev.gradus.cli.page.PageFile;
import dev.gradus.cli.run.RunLog;
import dev.gradus.djl.Answers;
import dev.gradus.djl.Trained;
import dev.gradus.djl.Training;
import dev.gradus.djl.data.DataSet;
import dev.gradus.djl.model.Models;
import dev.gradus.djl.telemetry.RateHistory;
import java.lang.foreign.Arena;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.logging.Level;
import org.jspecify.annotations.Nullable;
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
      "Lists the training examples that a run trusts least, as CSV or on a page.",
      "",
      "The run must have learned a rate for every example: gradus train --instances rates. The"
          + " lower the rate, the more learning from the example would have hurt on the trusted"
          + " examples; often its label is wrong."
    },
    footerHeading = "%nExamples%n",
    footer = {
      "  gradus train --data images:photos/ --instances rates --out runs/photos",
      "  gradus suspects runs/photos --count 200 > suspects.csv",
      "  gradus suspects runs/photos --html suspects.html"
    })
final class SuspectsCommand implements Callable<Integer> {
  private static final List<String> HEADER =
      List.of("example", "rate", "label", "answer", "probability of the label");
  private static final int USUAL_COUNT = 20;
  private static final int USUAL_COUNT_OF_A_PAGE = 100;

  @Spec private CommandSpec spec = CommandSpec.create();

  /** Rates go on learning when the weights have had their best epoch. */
  @Mixin private final WeightArguments weights = new WeightArguments(Moment.NEWEST);

  @Option(
      names = "--count",
      paramLabel = "N",
      converter = Numbers.Count.class,
      description =
          "How many are listed. Default: "
              + USUAL_COUNT
              + "; on a page "
              + USUAL_COUNT_OF_A_PAGE
              + ".")
  private @Nullable Integer count;

  @Option(
      names = "--all",
      description = "List every training example, with its rate, for another program.")
  private boolean all;

  @Option(
      names = "--html",
      paramLabel = "FILE",
      description =
          "Instead of CSV write a page for a browser, with pictures, rates over epochs and the"
              + " network's answers. It needs no other file and no network.")
  private @Nullable Path html;

  @Mixin final HelpOption help = new HelpOption();

  @Override
  public Integer call() {
    requireOneNumber();
    var console = Console.of(spec);
    var page = Optional.ofNullable(html).map(this::page);
    try (var _ = RunLog.install(console::note, Level.WARNING);
        var arena = Arena.ofConfined()) {
      var trained = weights.trained(arena, console);
      var set = weights.settings().open(new Loading(console));
      try (var network = Models.trained(trained)) {
        var answers = new Answers(network, set.task(), Training.DEFAULT_BATCH);
        var rates = Suspects.rates(trained.checkpoint().checkpoint().tensors());
        var suspects = Suspects.of(set, rates, answers);
        page.ifPresentOrElse(
            file -> write(file, source(trained), set, suspects, answers, console),
            () -> print(first(suspects, USUAL_COUNT)));
        suspects.judgement().map(Judgement::toString).ifPresent(console::note);
      }
    }
    return Gradus.OK;
  }

  private PageFile page(Path file) {
    if (all || (count != null && count > SuspectsReport.LARGEST)) {
      throw new UserException(
          "A page shows at most %d examples; ask for no more by --count, or leave --html out."
              .formatted(SuspectsReport.LARGEST));
    }
    return PageFile.at(file);
  }

  private List<Suspect> first(Suspects suspects, int usual) {
    return suspects.ranked().stream().limit(limit(usual)).toList();
  }

  private void requireOneNumber() {
    if (all && count != null) {
      throw new UserException("Options --all and --count contradict each other; give one of them.");
    }
  }

  private long limit(int usual) {
    return all ? Long.MAX_VALUE : count == null ? usual : count;
  }

  private Source source(Trained trained) {
    var settings = weights.settings();
    return new Source(
        weights.files().folder().toString(),
        settings.toString(),
        weights.moment(),
        Math.toIntExact(trained.epochs()),
        settings.loop.epochs());
  }

  private void write(
      PageFile file,
      Source source,
      DataSet set,
      Suspects suspects,
      Answers answers,
      Console console) {
    var shown = first(suspects, USUAL_COUNT_OF_A_PAGE);
    var histories =
        RateHistory.read(
            weights.files().rates(),
            source.epochs(),
            set.train().size(),
            shown.stream().map(Suspect::index).toList());
    file.write(new SuspectsReport(source, set, suspects).page(shown, histories, answers));
    console.note(
        "%d of %d examples are on the page %s".formatted(shown.size(), set.train().size(), file));
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

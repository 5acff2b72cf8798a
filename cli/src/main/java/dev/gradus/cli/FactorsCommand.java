package dev.gradus.cli;

import de.siegmar.fastcsv.writer.CsvWriter;
import dev.gradus.cli.figure.Figures;
import dev.gradus.cli.page.PageFile;
import dev.gradus.cli.run.RunLog;
import dev.gradus.djl.data.DataSet;
import dev.gradus.djl.data.Examples;
import dev.gradus.djl.model.Models;
import java.lang.foreign.Arena;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.logging.Level;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code gradus factors}. */
@Command(
    name = "factors",
    sortOptions = false,
    customSynopsis = "gradus factors RUN [OPTION]...%n",
    description = {
      "Shows what the factors of a network stand for, as CSV or on a page.",
      "",
      "The run was made by gradus train --method deepfacto. Of another run --rank factorises what"
          + " its last layer is given, to compare with. For each factor and each class an area says"
          + " how well the factor's score alone tells the class: 1 is without a mistake, 0.5 by"
          + " chance."
    },
    footerHeading = "%nExamples%n",
    footer = {
      "  gradus train --data fashion-mnist --method deepfacto --out runs/parts",
      "  gradus factors runs/parts --html factors.html",
      "  gradus factors runs/parts --attribute 'footwear=Sandal,Sneaker,Ankle boot'",
      "  gradus factors runs/plain --rank 32 > afterwards.csv"
    })
final class FactorsCommand implements Callable<Integer> {
  @Spec private CommandSpec spec = CommandSpec.create();
  @Mixin private final WeightArguments weights = new WeightArguments();

  @Option(
      names = "--part",
      paramLabel = "PART",
      converter = RunArguments.Parts.class,
      completionCandidates = RunArguments.Parts.class,
      description = "Whose examples: train, validation or test. Default: ${DEFAULT-VALUE}.")
  private String part = OneOf.word(DataPart.TEST);

  @Option(
      names = "--rank",
      paramLabel = "N",
      converter = Numbers.Count.class,
      description = "How many factors to find in the features of a network that has none.")
  private @Nullable Integer rank;

  @Option(
      names = "--attribute",
      paramLabel = "NAME=CLASSES",
      description =
          "What some classes have in common, such as 'footwear=Sandal,Sneaker'; may be given"
              + " several times.")
  private List<String> attributes = new ArrayList<>();

  @Option(
      names = "--html",
      paramLabel = "FILE",
      description =
          "Instead of CSV write a page for a browser, with the examples that use each factor most."
              + " It needs no other file and no network.")
  private @Nullable Path html;

  @Mixin final HelpOption help = new HelpOption();

  @Override
  public Integer call() {
    var console = Console.of(spec);
    var page = Optional.ofNullable(html).map(PageFile::at);
    try (var _ = RunLog.install(console::note, Level.WARNING);
        var arena = Arena.ofConfined()) {
      var trained = weights.trained(arena, console);
      var set = weights.settings().open(new Loading(console));
      var examples = OneOf.constant(DataPart.class, part).of(set);
      try (var network = Models.trained(trained)) {
        var features = FactorFeatures.of(network, rank, set.train());
        var study = FactorStudy.of(features, examples, set.task(), attributes);
        page.ifPresentOrElse(
            file -> write(file, set, examples, features, study, console), () -> print(study));
        console.note(summary(study));
      }
    }
    return Gradus.OK;
  }

  private void write(
      PageFile file,
      DataSet set,
      Examples examples,
      FactorFeatures features,
      FactorStudy study,
      Console console) {
    var report = new FactorsReport(set, examples, study);
    var source =
        "%s; factors %s; %s of %s"
            .formatted(weights.settings(), features.origin(), part + " examples", set.name());
    file.write(report.page(weights.files().folder().toString(), source));
    console.note("%d factors are on the page %s".formatted(study.factors().size(), file));
  }

  private void print(FactorStudy study) {
    var out = spec.commandLine().getOut();
    var csv = CsvWriter.builder().bufferSize(0).build(out);
    var header = new ArrayList<>(List.of("factor", "zeros", "mean score"));
    study.attributes().forEach(attribute -> header.add(attribute.name()));
    csv.writeRecord(header);
    for (var factor : study.factors()) {
      var row = new ArrayList<String>();
      row.add(Integer.toString(factor.number() + 1));
      row.add(Figures.number(factor.zeros()));
      row.add(Figures.number(factor.mean()));
      factor.areas().forEach(area -> row.add(Figures.number(area)));
      csv.writeRecord(row);
    }
    out.flush();
  }

  private static String summary(FactorStudy study) {
    var text = new StringBuilder();
    text.append(
        String.format(
            Locale.ROOT,
            "%.1f %% of the scores are 0; factors explain %.1f %% of the features",
            100 * study.zeros(),
            100 * study.explained()));
    for (int number = 0; number < study.attributes().size(); number++) {
      var attribute = study.attributes().get(number);
      if (!attribute.isClass()) {
        var best = study.best(number);
        text.append(
            String.format(
                Locale.ROOT,
                "; %s: factor %d, area %.3f",
                attribute.name(),
                best.number() + 1,
                best.areas().get(number)));
      }
    }
    return text.toString();
  }
}

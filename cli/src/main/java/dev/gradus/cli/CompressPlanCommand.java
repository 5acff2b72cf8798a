package dev.gradus.cli;

import dev.gradus.UserException;
import dev.gradus.cli.chart.OutputFile;
import dev.gradus.cli.run.Json;
import dev.gradus.cli.scaling.Forecast;
import dev.gradus.cli.scaling.ForecastTable;
import dev.gradus.compress.Compressors;
import dev.gradus.scaling.Link;
import dev.gradus.scaling.Team;
import dev.gradus.text.RecordType;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code gradus compress plan}. */
@Command(
    name = "plan",
    sortOptions = false,
    customSynopsis = "gradus compress plan [OPTION]...%n",
    description = {
      "Predicts how long steps take on several workers, by compressor.",
      "",
      "Rehearses some steps of the network here, with the part of a batch that one worker computes,"
          + " and simulates the exchange over a link. In the table, sent is what a worker sends in"
          + " a step, rate how much smaller its gradient becomes, packing the time to pack it and"
          + " to add the pack of one worker, busy the part of a step that is not waiting or"
          + " sending; a compressor pays on links slower than the last column."
    },
    footerHeading = "%nExamples%n",
    footer = {
      "  gradus compress plan --workers 4 --link 100mbit,latency=0.5ms",
      "  gradus compress plan --data cifar10 --batch 128 --compress adacomp --layers"
    })
final class CompressPlanCommand implements Callable<Integer> {
  @Spec private CommandSpec spec = CommandSpec.create();

  @Option(
      names = "--workers",
      paramLabel = "N",
      converter = Numbers.Count.class,
      description = "How many workers share the examples of a step. Default: ${DEFAULT-VALUE}.")
  private int workers = 2;

  @Option(
      names = "--link",
      paramLabel = "LINK",
      converter = LinkText.class,
      description = {
        "A bandwidth such as 100mbit or 1gbit; if wanted a",
        "latency and how long a message keeps a processor:",
        "1gbit,latency=0.5ms,message=20us. Default: 1gbit."
      })
  private Link link = Link.parse("1gbit");

  @Option(
      names = "--compress",
      paramLabel = "COMPRESSOR",
      converter = RehearsalArguments.CompressorText.class,
      completionCandidates = RehearsalArguments.CompressorText.class,
      description =
          "A compressor, such as adacomp or 'top-k(0.001)'; may be given several times. Default:"
              + " each that there is.")
  private List<String> compress =
      Compressors.CATALOGUE.types().stream().<String>map(RecordType::name).toList();

  @Option(names = "--layers", description = "Tell how much smaller each tensor becomes, too.")
  private boolean layers;

  @Option(names = "--json", description = "Print everything as JSON.")
  private boolean json;

  @Option(
      names = "--out",
      paramLabel = "FILE",
      description = "Write everything as JSON to a file, too; replaced if it exists.")
  private @Nullable Path out;

  @Mixin private final RehearsalArguments rehearsal = new RehearsalArguments();

  @Mixin final HelpOption help = new HelpOption();

  @Override
  public Integer call() {
    var console = Console.of(spec);
    var file = Optional.ofNullable(out).map(path -> OutputFile.at(path, "plan", ".json"));
    var outcome = rehearsal.rehearse(this::share, compress, console);
    var forecast = Forecast.of(outcome.rehearsed(), new Team(workers, link));
    file.ifPresent(f -> f.write((Json.text(forecast) + "\n").getBytes(StandardCharsets.UTF_8)));
    if (json) {
      console.result(Json.text(forecast));
    } else {
      print(outcome, forecast, console);
    }
    return Gradus.OK;
  }

  /** The largest part of a batch that a worker computes. */
  private int share(int batch) {
    if (batch < workers) {
      throw new UserException(
          "A batch of %d examples is too small for %d workers; give at least one to each by --batch."
              .formatted(batch, workers));
    }
    return Math.ceilDiv(batch, workers);
  }

  private void print(RehearsalArguments.Outcome outcome, Forecast forecast, Console console) {
    console.result(
        "%s, batch %d over %d %s at %s"
            .formatted(
                outcome.subject(),
                outcome.batch(),
                workers,
                workers == 1 ? "worker" : "workers",
                forecast.link()));
    console.result(
        String.format(
            Locale.ROOT,
            "%d examples each take %.1f ms here without exchange, varying by %.0f %%%n",
            outcome.share(),
            forecast.alone() * 1e3,
            100 * forecast.spread()));
    ForecastTable.of(forecast).forEach(console::result);
    if (layers) {
      ForecastTable.layers(forecast).forEach(console::result);
    }
  }
}

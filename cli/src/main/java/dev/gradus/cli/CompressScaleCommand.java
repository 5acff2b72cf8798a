package dev.gradus.cli;

import dev.gradus.cli.page.Fact;
import dev.gradus.cli.page.PageFile;
import dev.gradus.cli.page.ScalingPage;
import dev.gradus.cli.run.Json;
import dev.gradus.cli.scaling.Scaling;
import dev.gradus.cli.scaling.ScalingTable;
import dev.gradus.scaling.Link;
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

/** {@code gradus compress scale}. */
@Command(
    name = "scale",
    sortOptions = false,
    customSynopsis = "gradus compress scale [OPTION]...%n",
    description = {
      "Predicts how fast ever more workers train, up to "
          + Scaling.MOST
          + " of them, by compressor.",
      "",
      "Rehearses some steps of the network here and simulates teams that exchange gradients over"
          + " links. Every worker computes a whole batch: more workers see more examples in a step."
    },
    footerHeading = "%nExamples%n",
    footer = {
      "  gradus compress scale --link 1gbit --compress adacomp",
      "  gradus compress scale --data cifar10 --model resnet20 --html scaling.html"
    })
final class CompressScaleCommand implements Callable<Integer> {
  @Spec private CommandSpec spec = CommandSpec.create();

  @Option(
      names = "--link",
      paramLabel = "LINK",
      converter = LinkText.class,
      description =
          "What each is connected by, as for gradus compress plan; may be given several times."
              + " Default: 100mbit, 1gbit and 10gbit.")
  private List<Link> links =
      List.of(Link.parse("100mbit"), Link.parse("1gbit"), Link.parse("10gbit"));

  @Option(
      names = "--compress",
      paramLabel = "COMPRESSOR",
      converter = RehearsalArguments.CompressorText.class,
      completionCandidates = RehearsalArguments.CompressorText.class,
      description =
          "A compressor beside dense; may be given several times. Default: adacomp, fp16 and"
              + " top-k.")
  private List<String> compress = List.of("adacomp", "fp16", "top-k");

  @Option(
      names = "--html",
      paramLabel = "FILE",
      description =
          "Write a page for a browser with the curves; replaced if it exists. It needs no other"
              + " file and no network.")
  private @Nullable Path html;

  @Option(names = "--json", description = "Print everything as JSON.")
  private boolean json;

  @Mixin private final RehearsalArguments rehearsal = new RehearsalArguments();

  @Mixin final HelpOption help = new HelpOption();

  @Override
  public Integer call() {
    var console = Console.of(spec);
    var page = Optional.ofNullable(html).map(PageFile::at);
    var outcome = rehearsal.rehearse(batch -> batch, compress, console);
    var scaling = Scaling.of(outcome.rehearsed(), links, outcome.batch());
    page.ifPresent(file -> write(file, outcome, scaling, console));
    if (json) {
      console.result(Json.text(scaling));
    } else {
      console.result("%s, batch %d for each worker".formatted(outcome.subject(), outcome.batch()));
      ScalingTable.of(scaling).forEach(console::result);
    }
    return Gradus.OK;
  }

  private static void write(
      PageFile file, RehearsalArguments.Outcome outcome, Scaling scaling, Console console) {
    file.write(ScalingPage.of(outcome.subject(), facts(outcome), scaling));
    console.note("The page is " + file);
  }

  private static List<Fact> facts(RehearsalArguments.Outcome outcome) {
    var dense = outcome.rehearsed().dense();
    long weights = dense.loads().stream().mapToLong(load -> load.weights()).sum();
    return List.of(
        new Fact("weights", String.format(Locale.ROOT, "%,d", weights), "of the network"),
        new Fact("batch", Integer.toString(outcome.batch()), "examples of each worker in a step"),
        new Fact(
            "step of one worker",
            String.format(Locale.ROOT, "%.1f ms", dense.compute() * 1e3),
            String.format(
                Locale.ROOT,
                "measured here; simulated to vary by %.0f\u00a0%%",
                100 * dense.spread())));
  }
}

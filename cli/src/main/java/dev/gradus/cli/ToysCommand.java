package dev.gradus.cli;

import dev.gradus.Group;
import dev.gradus.Rules;
import dev.gradus.UserException;
import dev.gradus.cli.chart.Picture;
import dev.gradus.cli.figure.Figures;
import dev.gradus.cli.page.GalleryPage;
import dev.gradus.cli.page.PageFile;
import dev.gradus.cli.toy.BestRate;
import dev.gradus.cli.toy.Exhibit;
import dev.gradus.cli.toy.Landscape;
import dev.gradus.cli.toy.LandscapeChart;
import dev.gradus.cli.toy.Walk;
import dev.gradus.equation.Pipeline;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code gradus toys}. */
@Command(
    name = "toys",
    sortOptions = false,
    customSynopsis = "gradus toys [OPTION]...%n",
    description = {
      "Draws the ways of optimizers over functions of two weights.",
      "",
      "Each optimizer takes the learning rate, of 25 between 0.0001 and 100, with which the"
          + " function is lowest on the way. Every picture is written as SVG and as PNG, and a line"
          + " of text tells where each way ends.",
      ""
    },
    footerHeading = "%nExamples%n",
    footer = {
      "  gradus toys",
      "      a picture for every rule",
      "  gradus toys --optimizer adam --optimizer 'adam | project'",
      "      one picture with both",
      "  gradus toys --html gallery.html",
      "      a page with every rule"
    })
final class ToysCommand implements Callable<Integer> {
  private static final int COLUMNS = 2;
  private static final String TOGETHER = "toys";

  @Spec private CommandSpec spec = CommandSpec.create();

  @Option(
      names = "--out",
      paramLabel = "FOLDER",
      description = "Where pictures are put. Default: ${DEFAULT-VALUE}.")
  private Path out = Path.of("toys");

  @Option(
      names = "--optimizer",
      paramLabel = "PIPELINE",
      converter = CatalogueText.Pipeline.class,
      completionCandidates = CatalogueText.Pipeline.class,
      description = "Draw this one; given again, all in the same picture.")
  private @Nullable List<String> optimizers;

  @Option(
      names = "--lr",
      paramLabel = "RATE",
      converter = Numbers.Positive.class,
      description = "The learning rate of all. Default: each one's best.")
  private @Nullable Double learningRate;

  @Option(
      names = "--html",
      paramLabel = "FILE",
      description = "Write one page for a browser instead, with every rule of the catalogue.")
  private @Nullable Path html;

  @Mixin final HelpOption help = new HelpOption();

  @Override
  public Integer call() {
    if (html != null) {
      gallery(PageFile.at(html));
    } else if (optimizers == null) {
      Exhibit.pipelines().forEach(pipeline -> draw(List.of(pipeline), fileName(pipeline)));
    } else {
      draw(optimizers, TOGETHER);
    }
    return Gradus.OK;
  }

  private void gallery(PageFile page) {
    if (optimizers != null || learningRate != null) {
      throw new UserException(
          "The page has every rule with its best rate; leave --optimizer and --lr out.");
    }
    var console = Console.of(spec);
    page.write(GalleryPage.of(Exhibit.all(console::passing)));
    console.result(page.toString());
  }

  private static String fileName(String pipeline) {
    return pipeline.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9.]+", "-").replaceFirst("-$", "");
  }

  private void draw(List<String> texts, String name) {
    var pipelines = texts.stream().map(Rules::parse).toList();
    var charts =
        Landscape.ALL.stream()
            .map(landscape -> walks(landscape, pipelines))
            .map(LandscapeChart::of)
            .toList();
    new Picture(charts, COLUMNS, "Ways of " + String.join(", ", texts)).write(out, name);
    spec.commandLine().getOut().println(out.resolve(name + ".svg"));
  }

  private List<Walk> walks(Landscape landscape, List<Pipeline> pipelines) {
    var walks = pipelines.stream().map(pipeline -> walk(landscape, pipeline)).toList();
    walks.forEach(this::tell);
    return walks;
  }

  private Walk walk(Landscape landscape, Pipeline pipeline) {
    return learningRate == null
        ? BestRate.walk(landscape, pipeline)
        : Walk.of(landscape, Group.all(pipeline, learningRate));
  }

  private void tell(Walk walk) {
    var landscape = walk.landscape();
    var end = walk.end();
    spec.commandLine()
        .getOut()
        .println(
            String.format(
                Locale.ROOT,
                "%-10s  %s, rate %.2g: %s at (%.4g, %.4g) after %d steps",
                landscape.title(),
                walk.group().pipeline(),
                walk.group().learningRate(),
                Figures.number(landscape.value(end)),
                end.x(),
                end.y(),
                walk.points().size() - 1));
  }
}

package dev.gradus.cli;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.gradus.Rules;
import dev.gradus.cli.explain.Explanation;
import dev.gradus.cli.explain.Speed;
import dev.gradus.equation.Pipeline;
import dev.gradus.equation.Shape;
import dev.gradus.formula.Formulas;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/** {@code gradus explain}. */
@Command(
    name = "explain",
    sortOptions = false,
    customSynopsis = "gradus explain PIPELINE [OPTION]...%n",
    description = {
      "Shows the equations of a pipeline and what it costs.",
      "",
      "The equations are derived from what the engines compute. Passes, floats moved and bytes"
          + " remembered are those of the plan; the time is measured here, in turn"
          + " with a loop that moves as many bytes through as many arrays."
    },
    footerHeading = "%nExamples%n",
    footer = {
      "  gradus explain 'clip-norm(1) | adamp | unit-rows'",
      "  gradus explain lamb --latex",
      "  gradus explain novograd --shape 64x3x3x3 --size 4M",
      "  gradus explain adamw --json --no-measure"
    })
final class ExplainCommand implements Callable<Integer> {
  private static final JsonMapper JSON = new JsonMapper();

  @Spec private CommandSpec spec = CommandSpec.create();

  @Parameters(
      paramLabel = "PIPELINE",
      converter = CatalogueText.Pipeline.class,
      completionCandidates = CatalogueText.Pipeline.class,
      description = "Update rules with '|' between them.")
  private String pipeline = "";

  @Option(
      names = "--shape",
      paramLabel = "SHAPE",
      converter = ShapeText.class,
      description = "The shape of the weight. Default: 512x512.")
  private Shape shape = Shape.of(512, 512);

  @Option(
      names = "--size",
      paramLabel = "COUNT",
      converter = SizeText.class,
      description = "How many weights to measure with, such as 250k or 4M. Default: 1M.")
  private long size = 1_000_000;

  @Option(names = "--latex", description = "Print the equations in LaTeX, and no more.")
  private boolean latex;

  @Option(names = "--json", description = "Print everything as JSON.")
  private boolean json;

  @Option(names = "--no-measure", description = "Measure no time.")
  private boolean noMeasure;

  @Mixin final HelpOption help = new HelpOption();

  @Override
  public Integer call() {
    Pipeline parsed = Rules.parse(pipeline);
    var explanation = Explanation.of(parsed, shape);
    spec.commandLine().getOut().println(latex ? latex(explanation) : full(explanation, parsed));
    spec.commandLine().getOut().flush();
    return Gradus.OK;
  }

  private String full(Explanation explanation, Pipeline parsed) {
    List<Speed> speeds = noMeasure ? List.of() : List.of(measured(explanation, parsed));
    if (!json) {
      return new ExplainPage(explanation, Wrapped.width()).withSpeed(speeds);
    }
    ObjectNode document = JSON.valueToTree(explanation);
    speeds.forEach(speed -> document.set("speed", JSON.valueToTree(speed)));
    return document.toPrettyString();
  }

  private Speed measured(Explanation explanation, Pipeline parsed) {
    long rows = Math.max(1, size / shape.columns());
    Shape measured =
        shape.rank() <= 1
            ? Shape.of(size)
            : new Shape(
                Stream.concat(Stream.of(rows), shape.dimensions().stream().skip(1)).toList());
    return Speed.of(parsed, measured, explanation.meanFloatsMoved(), explanation.floatsKept());
  }

  private static String latex(Explanation explanation) {
    return explanation.latex().stream()
        .map(ExplainCommand::latex)
        .collect(Collectors.joining(" \\\\\n", "\\begin{aligned}\n", "\n\\end{aligned}"));
  }

  private static String latex(Formulas.Line line) {
    return line.name() + " &= " + line.body();
  }

  static final class ShapeText implements ITypeConverter<Shape> {
    private static final Pattern FORM =
        Pattern.compile("[1-9][0-9]{0,8}([x×][1-9][0-9]{0,8}){0,7}");

    @Override
    public Shape convert(String text) {
      if (!FORM.matcher(text).matches()) {
        throw new TypeConversionException("takes sizes such as 512x512 or 64x3x3x3");
      }
      try {
        return new Shape(Stream.of(text.split("[x×]", -1)).map(Long::valueOf).toList());
      } catch (IllegalArgumentException tooLarge) {
        throw new TypeConversionException("takes sizes with a product below 2⁶³");
      }
    }
  }

  static final class SizeText implements ITypeConverter<Long> {
    private static final Pattern FORM = Pattern.compile("[1-9][0-9]{0,8}[kM]?");
    private static final long MOST = 100_000_000;

    @Override
    public Long convert(String text) {
      if (FORM.matcher(text).matches()) {
        long factor = text.endsWith("M") ? 1_000_000 : text.endsWith("k") ? 1_000 : 1;
        long size = Long.parseLong(text.replaceFirst("[kM]$", "")) * factor;
        if (size <= MOST) {
          return size;
        }
      }
      throw new TypeConversionException("takes a number from 1 to 100M, such as 250k or 4M");
    }
  }
}

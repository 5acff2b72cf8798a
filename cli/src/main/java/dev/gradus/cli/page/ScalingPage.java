package dev.gradus.cli.page;

import dev.gradus.cli.page.LineChart.Pen;
import dev.gradus.cli.scaling.Scaling;
import dev.gradus.cli.scaling.Scaling.Curve;
import dev.gradus.cli.scaling.Scaling.OverLink;
import dev.gradus.cli.scaling.Scaling.Point;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * How fast ever more workers train.
 *
 * @param subject what is trained, in a few words
 * @param facts figures to begin with
 * @param panels one for each link
 */
public record ScalingPage(String subject, List<Fact> facts, List<Panel> panels) {

  /** Copies the lists. */
  public ScalingPage {
    facts = List.copyOf(facts);
    panels = List.copyOf(panels);
  }

  /**
   * What is shown of a link.
   *
   * @param link the link in words
   * @param summary the most important in a sentence
   * @param schemes the names of the lines
   * @param charts the drawings
   * @param rows the numbers
   */
  public record Panel(
      String link, String summary, List<String> schemes, List<LineChart> charts, List<Row> rows) {
    /** Copies the lists. */
    public Panel {
      schemes = List.copyOf(schemes);
      charts = List.copyOf(charts);
      rows = List.copyOf(rows);
    }
  }

  /**
   * The numbers of teams of one size.
   *
   * @param workers how many
   * @param cells for each scheme
   */
  public record Row(String workers, List<Cell> cells) {
    /** Copies the list. */
    public Row {
      cells = List.copyOf(cells);
    }
  }

  /**
   * The numbers of a team.
   *
   * @param speed examples per second
   * @param efficiency in per cent
   */
  public record Cell(String speed, String efficiency) {}

  /**
   * Lays curves out.
   *
   * @param subject what is trained
   * @param facts figures to begin with
   * @param scaling the curves
   * @return the page
   */
  public static ScalingPage of(String subject, List<Fact> facts, Scaling scaling) {
    return new ScalingPage(
        subject, facts, scaling.links().stream().map(ScalingPage::panel).toList());
  }

  private static Panel panel(OverLink over) {
    return new Panel(
        over.link().toString(),
        summary(over),
        over.curves().stream().map(Curve::compressor).toList(),
        List.of(speeds(over), efficiencies(over)),
        IntStream.range(0, teams(over)).mapToObj(team -> row(over, team)).toList());
  }

  private static int teams(OverLink over) {
    return over.curves().getFirst().points().size();
  }

  private static String summary(OverLink over) {
    return over.curves().stream()
        .map(curve -> "%s up to %,d".formatted(curve.compressor(), largestEfficient(curve)))
        .collect(
            Collectors.joining(", ", "Workers that are busy at least half of the time: ", "."));
  }

  private static int largestEfficient(Curve curve) {
    return curve.points().stream()
        .filter(point -> point.efficiency() >= 0.5)
        .mapToInt(Point::workers)
        .max()
        .orElse(1);
  }

  private static LineChart speeds(OverLink over) {
    var first = over.curves().getFirst().points();
    double alone = first.getFirst().examplesPerSecond();
    double least =
        over.curves().stream()
            .flatMap(curve -> curve.points().stream())
            .mapToDouble(Point::examplesPerSecond)
            .min()
            .orElse(1);
    var axis = Axis.powers(least, alone * first.getLast().workers());
    var ideal =
        line(
            new Pen("ideal", "ideal", "without waiting"),
            first,
            point -> alone * point.workers(),
            axis);
    var lines = new ArrayList<>(List.of(ideal));
    lines.addAll(lines(over, Point::examplesPerSecond, axis));
    return chart("examples per second", over, lines, axis, ScalingPage::speed);
  }

  private static LineChart efficiencies(OverLink over) {
    var axis = Axis.shares();
    var lines = lines(over, Point::efficiency, axis);
    return chart("efficiency", over, lines, axis, ScalingPage::efficiency);
  }

  private static List<LineChart.Line> lines(
      OverLink over, ToDoubleFunction<Point> value, Axis axis) {
    return IntStream.range(0, over.curves().size())
        .mapToObj(
            number -> {
              var curve = over.curves().get(number);
              return line(Pen.of(number, curve.compressor()), curve.points(), value, axis);
            })
        .toList();
  }

  private static LineChart.Line line(
      Pen pen, List<Point> points, ToDoubleFunction<Point> value, Axis axis) {
    var drawn =
        points.stream()
            .map(point -> LineChart.Point.bare(point.workers(), value.applyAsDouble(point)))
            .toList();
    return LineChart.line(pen, drawn, workers(points.size()), axis);
  }

  private static Axis workers(int teams) {
    return Axis.doublings(teams - 1);
  }

  private static LineChart chart(
      String title,
      OverLink over,
      List<LineChart.Line> lines,
      Axis axis,
      Function<Point, String> words) {
    var last =
        over.curves().stream()
            .map(curve -> curve.compressor() + " " + words.apply(curve.points().getLast()))
            .collect(Collectors.joining(", "));
    var text =
        "%s over the number of workers at %s; with %,d workers: %s"
            .formatted(title, over.link(), Scaling.MOST, last);
    return LineChart.empty(title, "workers", workers(teams(over)), axis, text).with(lines);
  }

  private static Row row(OverLink over, int team) {
    int workers = over.curves().getFirst().points().get(team).workers();
    return new Row(
        String.format(Locale.ROOT, "%,d", workers),
        over.curves().stream()
            .map(curve -> curve.points().get(team))
            .map(point -> new Cell(speed(point), efficiency(point)))
            .toList());
  }

  private static String speed(Point point) {
    return String.format(Locale.ROOT, "%,.0f", point.examplesPerSecond());
  }

  private static String efficiency(Point point) {
    return String.format(Locale.ROOT, "%.0f %%", 100 * point.efficiency());
  }
}

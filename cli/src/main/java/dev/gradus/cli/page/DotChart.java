package dev.gradus.cli.page;

import dev.gradus.cli.figure.Figures;
import dev.gradus.cli.page.LineChart.Pen;
import dev.gradus.cli.page.LineChart.Tick;
import dev.gradus.cli.report.Score;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The scores of several sides, each with its runs as dots and the interval of the mean.
 *
 * @param rows the sides
 * @param ticks marks of the axis
 * @param height how high the drawing is
 * @param text the drawing in words
 */
public record DotChart(List<Row> rows, List<Tick> ticks, int height, String text) {
  /** How wide the drawing is. */
  public static final int WIDTH = 720;

  /** Where names end and values begin. */
  public static final int LEFT = 190;

  /** Where values end. */
  public static final int RIGHT = WIDTH - 30;

  private static final int ROW = 34;
  private static final int FOOT = 32;
  private static final int LONGEST = 24;

  /**
   * A side.
   *
   * @param pen how it is drawn
   * @param label its name, cut if it is long
   * @param y where it lies
   * @param dots where its runs lie
   * @param mean where the mean lies
   * @param low where the interval of the mean begins
   * @param high where it ends; empty if there is none
   * @param text what a reader is told
   */
  public record Row(
      Pen pen,
      String label,
      String y,
      List<String> dots,
      String mean,
      String low,
      String high,
      String text) {
    /** Copies the list. */
    public Row {
      dots = List.copyOf(dots);
    }
  }

  /** Copies the lists. */
  public DotChart {
    rows = List.copyOf(rows);
    ticks = List.copyOf(ticks);
  }

  /** The scores of some sides, in their order; the pens have their names. */
  static DotChart of(List<Pen> pens, List<Score> scores) {
    var axis = axis(scores);
    var rows =
        IntStream.range(0, scores.size())
            .filter(i -> scores.get(i).count() > 0)
            .mapToObj(i -> row(pens.get(i), scores.get(i), i, axis))
            .toList();
    return new DotChart(
        rows,
        axis.marks().stream().map(mark -> new Tick(x(axis, mark.value()), mark.text())).toList(),
        ROW * scores.size() + FOOT,
        rows.stream().map(Row::text).collect(Collectors.joining("; ")));
  }

  /** Around all runs; an interval may leave the drawing. */
  private static Axis axis(List<Score> scores) {
    var metric = scores.getFirst().metric();
    var all =
        scores.stream()
            .flatMapToDouble(score -> score.figures().values().stream().mapToDouble(v -> v))
            .summaryStatistics();
    return all.getCount() == 0
        ? Axis.shares()
        : Axis.around(all.getMin(), all.getMax(), value -> StudyCharts.mark(metric, value));
  }

  private static Row row(Pen pen, Score score, int number, Axis axis) {
    var name = pen.name();
    boolean spread = Double.isFinite(score.low());
    var metric = score.metric();
    return new Row(
        pen,
        name.length() > LONGEST ? name.substring(0, LONGEST - 1) + "…" : name,
        Coordinate.text(ROW * (number + 0.5)),
        score.figures().values().stream().map(figure -> x(axis, figure)).toList(),
        x(axis, score.mean()),
        spread ? x(axis, score.low()) : "",
        spread ? x(axis, score.high()) : "",
        "%s %s%s"
            .formatted(
                name,
                Figures.value(metric, score.mean()),
                spread
                    ? " (%s to %s)"
                        .formatted(
                            Figures.value(metric, score.low()), Figures.value(metric, score.high()))
                    : ""));
  }

  private static String x(Axis axis, double value) {
    double part = Math.clamp(axis.part(value), -0.02, 1.02);
    return Coordinate.text(LEFT + part * (RIGHT - LEFT));
  }
}

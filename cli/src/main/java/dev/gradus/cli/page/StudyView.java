package dev.gradus.cli.page;

import dev.gradus.cli.figure.Figures;
import dev.gradus.cli.page.LineChart.Pen;
import dev.gradus.cli.report.Contender;
import dev.gradus.cli.report.Study;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * A study on a page.
 *
 * @param number its number, from 0
 * @param title what sets it apart
 * @param judge what judges, in words
 * @param verdicts how the sides compare, in plain words
 * @param pens the sides and how they are drawn
 * @param scores the scores as a drawing
 * @param results the scores as a table
 * @param costs what the sides cost, as a table
 * @param curves how figures went over the epochs
 * @param sensitivity how the sides depend on the learning rate; empty unless several were tried
 * @param rates the same as a table
 * @param remarks what a reader should know of the tuning
 * @param layers what was measured inside, by quantity
 * @param runs each run, as a table
 * @param settings the settings that all runs have
 */
public record StudyView(
    int number,
    String title,
    String judge,
    List<String> verdicts,
    List<Pen> pens,
    Optional<DotChart> scores,
    Table results,
    Table costs,
    List<LineChart> curves,
    List<LineChart> sensitivity,
    Table rates,
    List<String> remarks,
    List<Layers> layers,
    Table runs,
    Table settings) {
  /** Copies the lists. */
  public StudyView {
    verdicts = List.copyOf(verdicts);
    pens = List.copyOf(pens);
    curves = List.copyOf(curves);
    sensitivity = List.copyOf(sensitivity);
    remarks = List.copyOf(remarks);
    layers = List.copyOf(layers);
  }

  static StudyView of(int number, Study study) {
    var pens = pens(study);
    var charts = new StudyCharts(study, pens);
    return new StudyView(
        number,
        study.title(),
        "%s %s".formatted(study.part(), Figures.heading(study.metric())),
        verdicts(study),
        pens,
        scores(study, pens),
        StudyTables.results(study),
        StudyTables.costs(study),
        charts.curves(),
        charts.sensitivity().toList(),
        StudyTables.rates(study),
        study.contenders().stream().flatMap(contender -> contender.remarks().stream()).toList(),
        Layers.of(study, charts),
        StudyTables.runs(study),
        StudyTables.settings(study));
  }

  /** The baseline has the style that is set apart from the others. */
  private static List<Pen> pens(Study study) {
    var names = study.contenders().stream().map(Contender::name).toList();
    int base = names.indexOf(study.baseline());
    return IntStream.range(0, names.size())
        .mapToObj(i -> Pen.of(i == base ? 0 : i < base ? i + 1 : i, names.get(i)))
        .toList();
  }

  private static List<String> verdicts(Study study) {
    var alone =
        study.contenders().size() == 1
            ? Stream.of("There is nothing to compare with.")
            : Stream.<String>of();
    return Stream.concat(alone, study.verdicts()).toList();
  }

  private static Optional<DotChart> scores(Study study, List<Pen> pens) {
    var scores = study.contenders().stream().map(c -> c.scores().getFirst()).toList();
    return scores.stream().allMatch(score -> score.count() == 0)
        ? Optional.empty()
        : Optional.of(DotChart.of(pens, scores));
  }

  /**
   * A table.
   *
   * @param headings of its columns
   * @param rows its cells as texts, the first of each its name
   */
  public record Table(List<String> headings, List<List<String>> rows) {
    /** Copies the lists. */
    public Table {
      headings = List.copyOf(headings);
      rows = List.copyOf(rows);
    }

    /** Without the columns behind the first in which no row has anything. */
    Table withoutEmptyColumns() {
      int[] kept =
          IntStream.range(0, headings.size())
              .filter(i -> i == 0 || rows.stream().anyMatch(row -> !row.get(i).isEmpty()))
              .toArray();
      return new Table(
          IntStream.of(kept).mapToObj(headings::get).toList(),
          rows.stream().map(row -> IntStream.of(kept).mapToObj(row::get).toList()).toList());
    }
  }
}

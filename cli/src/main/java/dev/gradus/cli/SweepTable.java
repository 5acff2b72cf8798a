package dev.gradus.cli;

import dev.gradus.cli.figure.Figures;
import dev.gradus.cli.sweep.Candidate;
import dev.gradus.cli.sweep.Difference;
import dev.gradus.cli.sweep.EntrantOutcome;
import dev.gradus.cli.sweep.ProblemOutcome;
import dev.gradus.cli.sweep.SweepOutcome;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** The tables of a sweep, for a terminal of 80 columns or as Markdown. */
final class SweepTable {
  private static final int WIDTH = 80;
  private static final String GAP = "  ";
  private static final int WORDS = 2;
  private static final List<String> HEADINGS =
      List.of("entrant", "chosen", "n", "mean", "sd", "difference", "95 % interval");

  private final SweepOutcome outcome;

  SweepTable(SweepOutcome outcome) {
    this.outcome = outcome;
  }

  String text() {
    return outcome.problems().stream()
        .map(problem -> title(problem) + "\n" + aligned(rows(problem)) + notes(problem, ""))
        .collect(Collectors.joining("\n\n"));
  }

  String markdown() {
    return outcome.problems().stream()
        .map(
            problem ->
                "### " + title(problem) + "\n\n" + piped(rows(problem)) + notes(problem, "- "))
        .collect(Collectors.joining("\n\n", "", "\n"));
  }

  private String title(ProblemOutcome problem) {
    var where = problem.name().isEmpty() ? "" : problem.name() + ": ";
    return "%s%s %s; difference to %s, seed by seed"
        .formatted(where, problem.part(), Figures.heading(problem.metric()), outcome.baseline());
  }

  private static List<List<String>> rows(ProblemOutcome problem) {
    var rows = new ArrayList<List<String>>();
    rows.add(HEADINGS);
    problem.entrants().forEach(entrant -> rows.add(row(problem.metric(), entrant)));
    return rows;
  }

  private static List<String> row(String metric, EntrantOutcome entrant) {
    var figures = entrant.figures();
    var chosen = entrant.chosen();
    var difference = entrant.difference();
    return List.of(
        entrant.name(),
        chosen == null ? "none" : Candidate.text(chosen),
        count(entrant),
        value(metric, figures.mean()),
        value(metric, figures.deviation()),
        difference == null ? "" : signed(metric, difference.mean()),
        difference == null ? "" : interval(metric, difference));
  }

  private static String count(EntrantOutcome entrant) {
    int all = entrant.figures().count() + entrant.diverged();
    return entrant.diverged() == 0
        ? "" + all
        : "%d of %d".formatted(entrant.figures().count(), all);
  }

  private static String value(String metric, double value) {
    return Double.isNaN(value) ? "" : Figures.value(metric, value);
  }

  private static String signed(String metric, double value) {
    return Double.isNaN(value) ? "" : (value < 0 ? "" : "+") + Figures.value(metric, value);
  }

  private static String interval(String metric, Difference difference) {
    return Double.isNaN(difference.low())
        ? ""
        : bare(signed(metric, difference.low())) + " to " + bare(signed(metric, difference.high()));
  }

  private static String bare(String value) {
    return value.replace(" %", "");
  }

  private static String aligned(List<List<String>> rows) {
    var widths = widths(rows);
    return rows.stream().map(row -> line(row, widths)).collect(Collectors.joining("\n"));
  }

  /** As wide as the longest cell, but names and settings give way to the figures. */
  private static int[] widths(List<List<String>> rows) {
    var widths =
        IntStream.range(0, HEADINGS.size())
            .map(column -> rows.stream().mapToInt(row -> row.get(column).length()).max().orElse(0))
            .toArray();
    int excess = IntStream.of(widths).sum() + GAP.length() * (widths.length - 1) - WIDTH;
    for (int column = WORDS - 1; column >= 0; column--) {
      int less = Math.clamp(excess, 0, Math.max(0, widths[column] - 10));
      widths[column] -= less;
      excess -= less;
    }
    return widths;
  }

  private static String line(List<String> row, int[] widths) {
    return IntStream.range(0, row.size())
        .mapToObj(column -> cell(row.get(column), widths[column], column < WORDS))
        .collect(Collectors.joining(GAP))
        .stripTrailing();
  }

  private static String cell(String text, int width, boolean words) {
    var cut = text.length() > width ? text.substring(0, width - 1) + "…" : text;
    return String.format(Locale.ROOT, words ? "%-" + width + "s" : "%" + width + "s", cut);
  }

  private static String piped(List<List<String>> rows) {
    var lines = new ArrayList<>(rows.stream().map(SweepTable::piped).toList());
    lines.add(1, "|---|---|--:|--:|--:|--:|--:|");
    return String.join("\n", lines);
  }

  private static String piped(Iterable<String> row) {
    var line = new StringBuilder("|");
    row.forEach(cell -> line.append(' ').append(cell.replace("|", "\\|")).append(" |"));
    return line.toString();
  }

  private static String notes(ProblemOutcome problem, String bullet) {
    var notes = new ArrayList<String>();
    if (problem.part().equals("validation")) {
      notes.add("Chosen on these figures, which are therefore too good; no test example was read.");
    }
    problem.entrants().forEach(entrant -> notes.addAll(entrant.remarks()));
    return notes.stream().map(note -> "\n" + bullet + note).collect(Collectors.joining());
  }
}

package dev.gradus.cli;

import de.siegmar.fastcsv.writer.CsvWriter;
import dev.gradus.UserException;
import dev.gradus.cli.sweep.Candidate;
import dev.gradus.cli.sweep.Difference;
import dev.gradus.cli.sweep.EntrantOutcome;
import dev.gradus.cli.sweep.ProblemOutcome;
import dev.gradus.cli.sweep.SweepOutcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** Writes down how a sweep ended, for people, tables and programs. */
final class SweepFiles {
  private SweepFiles() {}

  static void write(SweepOutcome outcome, Path folder) {
    try {
      outcome.write(folder);
      Files.writeString(folder.resolve("table.md"), new SweepTable(outcome).markdown());
      writeCsv(outcome, folder.resolve("table.csv"));
    } catch (IOException failure) {
      throw new UserException("The tables cannot be written to '" + folder + "'.", failure);
    }
  }

  private static void writeCsv(SweepOutcome outcome, Path file) throws IOException {
    try (var csv = CsvWriter.builder().build(file)) {
      csv.writeRecord(
          "problem",
          "entrant",
          "chosen",
          "part",
          "metric",
          "count",
          "diverged",
          "mean",
          "sd",
          "pairs",
          "difference",
          "low",
          "high");
      for (var problem : outcome.problems()) {
        problem.entrants().forEach(entrant -> csv.writeRecord(row(problem, entrant)));
      }
    }
  }

  private static String[] row(ProblemOutcome problem, EntrantOutcome entrant) {
    var chosen = entrant.chosen();
    var figures = entrant.figures();
    var head =
        Stream.of(
            problem.name(),
            entrant.name(),
            chosen == null ? "" : Candidate.text(chosen),
            problem.part(),
            problem.metric(),
            Integer.toString(figures.count()),
            Integer.toString(entrant.diverged()),
            number(figures.mean()),
            number(figures.deviation()));
    var difference = entrant.difference();
    return Stream.concat(head, difference == null ? Stream.of("", "", "", "") : cells(difference))
        .toArray(String[]::new);
  }

  private static Stream<String> cells(Difference difference) {
    return Stream.of(
        Integer.toString(difference.pairs()),
        number(difference.mean()),
        number(difference.low()),
        number(difference.high()));
  }

  private static String number(double value) {
    return Double.isNaN(value) ? "" : Double.toString(value);
  }
}

package dev.gradus.cli.report;

import dev.gradus.UserException;
import dev.gradus.cli.run.Json;
import dev.gradus.text.Nearest;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Every number of a report.
 *
 * @param format the version of the format
 * @param studies what can be compared, each on its own
 * @param notes what could not be used and why, a sentence each
 */
public record Report(int format, List<Study> studies, List<String> notes) {
  /** The version of the format. */
  public static final int FORMAT = 1;

  /** Copies the lists. */
  public Report {
    studies = List.copyOf(studies);
    notes = List.copyOf(notes);
  }

  /**
   * Computes a report.
   *
   * @param gathering what was read
   * @param wishes what a reader has asked for
   * @return the report
   * @throws UserException if there is no side of the name of the baseline
   */
  public static Report of(Gathering gathering, Wishes wishes) {
    var comparisons = gathering.comparisons();
    var baseline = wishes.baseline();
    if (baseline != null) {
      requireKnown(baseline, comparisons);
      comparisons = comparisons.stream().map(c -> c.against(baseline)).toList();
    }
    var studies = comparisons.stream().map(comparison -> Study.of(comparison, wishes)).toList();
    return new Report(FORMAT, studies, gathering.notes().sentences());
  }

  private static void requireKnown(String baseline, List<Comparison> comparisons) {
    var names =
        comparisons.stream().flatMap(c -> c.sides().stream()).map(Side::name).distinct().toList();
    if (!names.contains(baseline)) {
      throw new UserException(
          "The baseline '" + baseline + "' is not among the runs" + Nearest.hint(baseline, names));
    }
  }

  /**
   * Every number as JSON.
   *
   * @return the bytes of a file
   */
  public byte[] json() {
    return (Json.page(this) + "\n").getBytes(StandardCharsets.UTF_8);
  }
}

package dev.gradus.cli.page;

import dev.gradus.cli.figure.Figures;
import dev.gradus.cli.report.Contender.RunLine;
import dev.gradus.cli.report.Report;
import dev.gradus.cli.report.Study;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * What runs say about each other.
 *
 * @param subject what was compared, in a few words
 * @param facts figures to begin with
 * @param studies what can be compared, each on its own
 * @param notes what could not be used and why
 */
public record ReportPage(
    String subject, List<Fact> facts, List<StudyView> studies, List<String> notes) {
  /** Copies the lists. */
  public ReportPage {
    facts = List.copyOf(facts);
    studies = List.copyOf(studies);
    notes = List.copyOf(notes);
  }

  /**
   * Lays a report out.
   *
   * @param report every number
   * @return the page
   */
  public static ReportPage of(Report report) {
    var studies = report.studies();
    return new ReportPage(
        studies.size() == 1 ? studies.getFirst().title() : studies.size() + " comparisons",
        facts(studies),
        IntStream.range(0, studies.size()).mapToObj(i -> StudyView.of(i, studies.get(i))).toList(),
        report.notes());
  }

  private static List<Fact> facts(List<Study> studies) {
    Supplier<Stream<RunLine>> runs = () -> studies.stream().flatMap(Study::runs);
    long diverged = runs.get().filter(run -> !run.diverged().isEmpty()).count();
    long sides = studies.stream().mapToLong(study -> study.contenders().size()).sum();
    double seconds = runs.get().mapToDouble(RunLine::seconds).sum();
    return List.of(
        new Fact(
            "compared",
            Long.toString(sides),
            studies.size() == 1
                ? "with each other"
                : "in %d comparisons".formatted(studies.size())),
        new Fact(
            "judging runs",
            Long.toString(runs.get().count()),
            diverged == 0 ? "none diverged" : diverged + " diverged"),
        new Fact(
            "seeds",
            Long.toString(runs.get().mapToLong(RunLine::seed).distinct().count()),
            "in the judging runs"),
        new Fact("training time", Figures.seconds(seconds), "of these runs, without tuning"));
  }

  /**
   * The script that the page needs.
   *
   * @return the script
   */
  public Script script() {
    return Script.CHARTS;
  }

  /**
   * How many sides a study has at most.
   *
   * @return the number
   */
  public int sides() {
    return studies.stream().mapToInt(study -> study.pens().size()).max().orElse(0);
  }
}

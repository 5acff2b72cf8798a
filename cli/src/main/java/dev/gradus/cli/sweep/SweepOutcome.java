package dev.gradus.cli.sweep;

import dev.gradus.cli.run.Json;
import java.nio.file.Path;
import java.util.List;

/**
 * How a sweep ended: the content of {@code sweep.json}.
 *
 * @param format the version of the format
 * @param baseline the entrant that the others are compared with
 * @param problems how the entrants did on each, by every metric that judges
 */
public record SweepOutcome(int format, String baseline, List<ProblemOutcome> problems) {

  /**
   * Compares what is finished.
   *
   * @param plan the sweep
   * @param results what came of its trials
   * @return what is known so far
   */
  public static SweepOutcome of(Plan plan, Results results) {
    return new SweepOutcome(
        RunSummary.FORMAT,
        plan.baseline(),
        plan.problems().stream()
            .flatMap(problem -> ProblemOutcome.of(problem, plan.baseline(), results).stream())
            .toList());
  }

  /**
   * Writes it down.
   *
   * @param folder the sweep's folder
   * @throws dev.gradus.UserException if it cannot be written
   */
  public void write(Path folder) {
    Json.write(folder.resolve("sweep.json"), this);
  }
}

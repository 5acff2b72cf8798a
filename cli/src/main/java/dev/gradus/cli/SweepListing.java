package dev.gradus.cli;

import dev.gradus.cli.sweep.Candidate;
import dev.gradus.cli.sweep.Entrant;
import dev.gradus.cli.sweep.Plan;
import dev.gradus.cli.sweep.Problem;
import dev.gradus.cli.sweep.ResultFolder;
import dev.gradus.cli.sweep.Trial;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What a sweep would run, a line for each candidate. */
final class SweepListing {
  private final Plan plan;
  private final ResultFolder results;

  SweepListing(Plan plan, ResultFolder results) {
    this.plan = plan;
    this.results = results;
  }

  List<String> lines() {
    return plan.problems().stream().flatMap(this::lines).toList();
  }

  private Stream<String> lines(Problem problem) {
    var title = problem.name().isEmpty() ? Stream.<String>empty() : Stream.of(problem.name());
    return Stream.concat(title, problem.entrants().stream().flatMap(this::lines));
  }

  private Stream<String> lines(Entrant entrant) {
    var tuning = entrant.candidates().stream().map(candidate -> tuning(entrant, candidate));
    return Stream.concat(tuning, finals(entrant)).filter(line -> !line.isEmpty());
  }

  private String tuning(Entrant entrant, Candidate candidate) {
    return line("tuning", entrant, Candidate.text(candidate.varied()), candidate.tuning());
  }

  private Stream<String> finals(Entrant entrant) {
    var candidates = entrant.candidates();
    var which = candidates.size() == 1 ? "-" : "the best on validation";
    var first = candidates.getFirst();
    return Stream.of(line("final ", entrant, which, first.finals()));
  }

  private String line(String phase, Entrant entrant, String settings, List<Trial> trials) {
    var seeds = trials.stream().map(this::seed).collect(Collectors.joining(" "));
    return seeds.isEmpty()
        ? ""
        : "%s  %s  %s  seeds %s".formatted(phase, entrant.name(), settings, seeds);
  }

  private String seed(Trial trial) {
    return trial.seed() + (results.of(trial).isPresent() ? " (finished)" : "");
  }
}

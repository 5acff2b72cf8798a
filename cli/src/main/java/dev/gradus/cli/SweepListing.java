package dev.gradus.cli;

import dev.gradus.cli.sweep.Candidate;
import dev.gradus.cli.sweep.Entrant;
import dev.gradus.cli.sweep.Problem;
import dev.gradus.cli.sweep.ResultFolder;
import dev.gradus.cli.sweep.Trial;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** What a sweep would run, a line for each candidate and for each choice among them. */
final class SweepListing {
  private final SweepRuns runs;
  private final ResultFolder results;

  SweepListing(SweepRuns runs, ResultFolder results) {
    this.runs = runs;
    this.results = results;
  }

  List<String> lines() {
    return runs.plan().problems().stream().flatMap(this::lines).toList();
  }

  private Stream<String> lines(Problem problem) {
    var title = problem.name().isEmpty() ? Stream.<String>empty() : Stream.of(problem.name());
    var entrants = problem.entrants().stream().flatMap(entrant -> lines(problem, entrant));
    return Stream.concat(title, entrants);
  }

  private Stream<String> lines(Problem problem, Entrant entrant) {
    var first = entrant.candidates().stream().map(candidate -> first(problem, entrant, candidate));
    var further =
        IntStream.range(1, problem.rungs().size())
            .mapToObj(rung -> further(problem, entrant, rung));
    return Stream.of(first, further, Stream.of(finals(entrant)))
        .flatMap(lines -> lines)
        .filter(line -> !line.isEmpty());
  }

  private String first(Problem problem, Entrant entrant, Candidate candidate) {
    var trials = candidate.tuning().getFirst();
    var settings = Candidate.text(candidate.varied());
    return line(
        "tuning",
        entrant,
        problem.rungs().size() > 1 ? settings + epochs(trials) : settings,
        trials);
  }

  private String further(Problem problem, Entrant entrant, int rung) {
    var trials = entrant.candidates().getFirst().tuning().get(rung);
    var which = "the best %d of them%s".formatted(problem.rungs().get(rung), epochs(trials));
    return line("tuning", entrant, which, trials);
  }

  private String epochs(List<Trial> trials) {
    return " epochs=" + runs.epochs(trials.getFirst());
  }

  private String finals(Entrant entrant) {
    var candidates = entrant.candidates();
    var which = candidates.size() == 1 ? "-" : "the best on validation";
    return line("final ", entrant, which, candidates.getFirst().finals());
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

package dev.gradus.cli.report;

import dev.gradus.UserException;
import dev.gradus.cli.run.Json;
import dev.gradus.cli.sweep.Candidate;
import dev.gradus.cli.sweep.CandidateOutcome;
import dev.gradus.cli.sweep.EntrantOutcome;
import dev.gradus.cli.sweep.Phase;
import dev.gradus.cli.sweep.ProblemOutcome;
import dev.gradus.cli.sweep.ResultFolder;
import dev.gradus.cli.sweep.RunSummary;
import dev.gradus.cli.sweep.SweepOutcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;

/** Reads the folder of a sweep. */
final class SweepReader {
  private final Path folder;
  private final Notes notes;

  SweepReader(Path folder, Notes notes) {
    this.folder = folder;
    this.notes = notes;
  }

  static boolean isSweep(Path folder) {
    return Files.isRegularFile(outcome(folder)) || Files.isDirectory(folder.resolve("results"));
  }

  private static Path outcome(Path folder) {
    return folder.resolve("sweep.json");
  }

  /** The problems of a finished sweep, each by the first metric that judges it. */
  List<Comparison> comparisons() {
    if (!Files.exists(outcome(folder))) {
      return List.of();
    }
    var outcome = Json.read(outcome(folder), SweepOutcome.class);
    if (outcome.format() != RunSummary.FORMAT) {
      throw new UserException(
          "%s has format %d, but this Gradus reads format %d; use a newer one."
              .formatted(outcome(folder), outcome.format(), RunSummary.FORMAT));
    }
    var problems = new LinkedHashMap<String, ProblemOutcome>();
    outcome.problems().forEach(problem -> problems.putIfAbsent(problem.name(), problem));
    return problems.values().stream()
        .map(problem -> comparison(problem, outcome.baseline()))
        .toList();
  }

  /** The judging runs of a sweep that is not finished, to be shown without it. */
  List<Sample> unjudged() {
    if (Files.exists(outcome(folder))) {
      return List.of();
    }
    notes.add(
        "The sweep %s is not finished; its runs with judging seeds are shown as single runs."
            .formatted(folder));
    try (var files = Files.list(folder.resolve("results"))) {
      return files
          .map(file -> String.valueOf(file.getFileName()))
          .filter(name -> name.endsWith(".json"))
          .sorted()
          .flatMap(name -> sample(name.replaceFirst("\\.json$", "")).stream())
          .filter(sample -> sample.summary().phase() == Phase.FINAL)
          .toList();
    } catch (IOException failure) {
      throw new UserException("The folder '" + folder + "' cannot be read.", failure);
    }
  }

  private Comparison comparison(ProblemOutcome problem, String baseline) {
    var sides = problem.entrants().stream().map(this::side).toList();
    var name = String.valueOf(folder.toAbsolutePath().normalize().getFileName());
    return new Comparison(
        problem.name().isEmpty() ? name : name + ": " + problem.name(),
        problem.part().equals("test"),
        problem.metric(),
        baseline,
        Kinship.shared(sides.stream().flatMap(side -> side.runs().stream()).toList()),
        sides);
  }

  private Side side(EntrantOutcome entrant) {
    var chosen = entrant.chosen();
    var candidates =
        entrant.candidates().size() > 1 ? entrant.candidates() : List.<CandidateOutcome>of();
    return new Side(
        entrant.name(),
        chosen == null || chosen.isEmpty() ? "" : Candidate.text(chosen),
        samples(entrant.results()),
        candidates.stream().map(c -> new Side.Tried(c.varied(), samples(c.results()))).toList(),
        entrant.remarks());
  }

  private List<Sample> samples(List<String> names) {
    return names.stream().flatMap(name -> sample(name).stream()).toList();
  }

  private Optional<Sample> sample(String name) {
    var file = folder.resolve("results").resolve(name + ".json");
    return notes.attempt(() -> Optional.of(new Sample(name, ResultFolder.read(file))));
  }
}

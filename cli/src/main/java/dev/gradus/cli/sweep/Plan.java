package dev.gradus.cli.sweep;

import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The runs of a sweep: a pure function from what is to be compared and what is finished to what is
 * to be run. Nothing else is remembered of a sweep, so one that was killed goes on from its
 * results.
 *
 * @param baseline the entrant that the others are compared with
 * @param problems what is run, each with its own table
 */
public record Plan(String baseline, List<Problem> problems) {
  /** Copies the problems. */
  public Plan {
    problems = List.copyOf(problems);
  }

  /**
   * The runs that are known to be needed: rungs wait for the one before them, and the runs that
   * judge for the choice of their entrant's candidate.
   *
   * @param results what is finished
   * @return finished ones included, in the order in which they are best begun
   */
  public List<Trial> needed(Results results) {
    return entrants(results, Plan::needed);
  }

  /**
   * The runs that can be made now.
   *
   * @param results what is finished
   * @return those needed that are not finished
   */
  public List<Trial> open(Results results) {
    return needed(results).stream().filter(trial -> results.of(trial).isEmpty()).toList();
  }

  /**
   * The runs of the whole sweep as far as can be foreseen: for candidates that are not chosen yet
   * stand the first of their entrant. An entrant whose candidates all diverge is not judged.
   *
   * @param results what is finished
   * @return those needed and those to come
   */
  public List<Trial> foreseen(Results results) {
    return entrants(
        results,
        (tuning, entrant) -> Stream.concat(needed(tuning, entrant), toCome(tuning, entrant)));
  }

  /** Tells the runs of an entrant. */
  @FunctionalInterface
  private interface Part {
    Stream<Trial> of(Tuning tuning, Entrant entrant);
  }

  private List<Trial> entrants(Results results, Part part) {
    return problems.stream()
        .flatMap(p -> p.entrants().stream().flatMap(e -> part.of(new Tuning(p, results), e)))
        .toList();
  }

  private static Stream<Trial> needed(Tuning tuning, Entrant entrant) {
    var finals = tuning.chosen(entrant).stream().flatMap(chosen -> chosen.finals().stream());
    return Stream.concat(tuning.trials(entrant), finals);
  }

  private static Stream<Trial> toCome(Tuning tuning, Entrant entrant) {
    var rungs = tuning.problem().rungs();
    var candidates = entrant.candidates();
    var later =
        IntStream.range(0, rungs.size())
            .filter(rung -> tuning.on(rung, entrant).isEmpty())
            .boxed()
            .flatMap(
                rung -> candidates.stream().limit(rungs.get(rung)).map(c -> c.tuning().get(rung)))
            .flatMap(List::stream);
    boolean isOpen = tuning.chosen(entrant).isEmpty() && !tuning.isDone(entrant);
    return Stream.concat(later, isOpen ? candidates.getFirst().finals().stream() : Stream.empty());
  }

  /**
   * How many runs the whole sweep has.
   *
   * @param results what is finished
   * @return finished ones included
   */
  public long size(Results results) {
    return foreseen(results).size();
  }

  /**
   * How many of them are finished.
   *
   * @param results what is finished
   * @return at most {@link #size}
   */
  public long finished(Results results) {
    return needed(results).stream().filter(trial -> results.of(trial).isPresent()).count();
  }
}

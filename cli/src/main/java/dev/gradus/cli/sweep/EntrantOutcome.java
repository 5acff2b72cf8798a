package dev.gradus.cli.sweep;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/**
 * How an entrant did.
 *
 * @param name who
 * @param candidates how its candidates did in tuning
 * @param chosen the settings that validation chose; absent while tuning is not finished or if every
 *     candidate diverged
 * @param figures the figures of the runs that judge it
 * @param diverged how many of these runs diverged
 * @param difference from the baseline; absent for the baseline itself
 * @param results the names of the runs that judge it
 * @param remarks what a reader should know, a sentence each
 */
public record EntrantOutcome(
    String name,
    List<CandidateOutcome> candidates,
    @Nullable SequencedMap<String, String> chosen,
    Spread figures,
    int diverged,
    @Nullable Difference difference,
    List<String> results,
    List<String> remarks) {
  /** An absent list is an empty one. */
  public EntrantOutcome {
    candidates = List.copyOf(Objects.requireNonNullElse(candidates, List.of()));
    results = List.copyOf(Objects.requireNonNullElse(results, List.of()));
    remarks = List.copyOf(Objects.requireNonNullElse(remarks, List.of()));
  }

  /** What a problem's runs are judged by. */
  record Judge(Problem problem, Results results, boolean byTest, Figure figure) {
    List<Trial> trials(Candidate candidate) {
      return byTest ? candidate.finals() : candidate.tuning().getLast();
    }

    Map<Long, Double> figures(List<Trial> trials) {
      var figures = new LinkedHashMap<Long, Double>();
      for (var trial : trials) {
        results
            .of(trial)
            .filter(RunSummary::isFinite)
            .ifPresent(summary -> figures.put(trial.seed(), figure(summary)));
      }
      return figures;
    }

    private double figure(RunSummary summary) {
      return figure.of(byTest ? summary.test() : summary.validation());
    }

    Tuning tuning() {
      return new Tuning(problem, results);
    }

    List<Trial> chosenTrials(Entrant entrant) {
      return tuning().chosen(entrant).map(this::trials).orElse(List.of());
    }
  }

  static EntrantOutcome of(Entrant entrant, Judge judge, @Nullable Entrant baseline) {
    var tuning = judge.tuning();
    var trials = judge.chosenTrials(entrant);
    var figures = judge.figures(trials);
    var difference =
        baseline == null
            ? null
            : Difference.between(figures, judge.figures(judge.chosenTrials(baseline)));
    return new EntrantOutcome(
        entrant.name(),
        entrant.candidates().stream().map(c -> CandidateOutcome.of(c, entrant, tuning)).toList(),
        tuning.chosen(entrant).map(Candidate::varied).orElse(null),
        Spread.of(figures.values().stream().mapToDouble(Double::doubleValue).toArray()),
        tuning.diverged(trials),
        difference,
        trials.stream().map(Trial::name).toList(),
        Edges.of(entrant, tuning));
  }
}

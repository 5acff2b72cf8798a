package dev.gradus.cli.sweep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.gradus.cli.run.Result;
import dev.gradus.cli.sweep.RunSummary.DataSummary;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The choice on validation, and what is run when. */
class TuningTest {
  private static final Figure LOSS = new Figure("loss", false);
  private static final Figure ACCURACY = new Figure("accuracy", true);
  private static final List<String> RATES = List.of("0.01", "0.1", "1");

  private final Map<Trial, RunSummary> finished = new HashMap<>();
  private final Results results = trial -> Optional.ofNullable(finished.get(trial));
  private final Entrant sgd = entrant("sgd");
  private final Entrant adam = entrant("adam");
  private final Problem problem =
      new Problem("", LOSS, List.of(ACCURACY), List.of(3), List.of(sgd, adam));
  private final Plan plan = new Plan("sgd", List.of(problem));

  private static Entrant entrant(String name) {
    return new Entrant(name, RATES.stream().map(rate -> candidate(name, rate)).toList());
  }

  private static Candidate candidate(String name, String rate) {
    var varied = new LinkedHashMap<>(Map.of("lr", rate));
    return new Candidate(
        varied,
        List.of(
            Stream.of(0, 1)
                .map(seed -> new Trial(name + rate + seed, Phase.TUNING, seed))
                .toList()),
        Stream.of(7, 8).map(seed -> new Trial(name + rate + seed, Phase.FINAL, seed)).toList());
  }

  private static RunSummary summary(
      SequencedMap<String, Double> validation, SequencedMap<String, Double> test) {
    return summary(
        null, new Result(1, "", 1, 0, 1, 1, false, 2.5, 0, validation, test, test, 0, null));
  }

  private static RunSummary summary(@Nullable String diverged, @Nullable Result result) {
    var data = new DataSummary("digits", 1, 1, 1, "");
    return new RunSummary(
        1, Phase.TUNING, new LinkedHashMap<>(), data, 1, diverged, result, List.of(), List.of());
  }

  private static SequencedMap<String, Double> metric(String name, double value) {
    return new LinkedHashMap<>(Map.of(name, value));
  }

  /** Finishes both tuning runs of a candidate. */
  private void tune(Entrant entrant, int candidate, double loss, double other) {
    var trials = entrant.candidates().get(candidate).tuning().getFirst();
    finished.put(trials.get(0), summary(metric("loss", loss), metric("accuracy", 0.99)));
    finished.put(trials.get(1), summary(metric("loss", other), metric("accuracy", 0.99)));
  }

  private void diverge(Trial trial) {
    finished.put(trial, summary("the loss in step 3", null));
  }

  private void judge(Entrant entrant, int candidate, double accuracy, double other) {
    var trials = entrant.candidates().get(candidate).finals();
    finished.put(trials.get(0), summary(metric("loss", 1), metric("accuracy", accuracy)));
    finished.put(trials.get(1), summary(metric("loss", 1), metric("accuracy", other)));
  }

  private Optional<String> chosen(Entrant entrant) {
    return new Tuning(problem, results).chosen(entrant).map(c -> c.varied().get("lr"));
  }

  @Test
  void choosesTheBestMeanOverTheSeeds() {
    tune(sgd, 0, 1.0, 1.0);
    tune(sgd, 1, 0.1, 1.8);
    assertThat(chosen(sgd)).isEmpty();
    tune(sgd, 2, 0.05, 2.0);
    assertThat(chosen(sgd)).contains("0.1");
  }

  @Test
  void ofEqualsTheFirstIsChosen() {
    tune(sgd, 0, 2, 1);
    tune(sgd, 1, 1, 2);
    tune(sgd, 2, 1.5, 1.5);
    assertThat(chosen(sgd)).contains("0.01");
  }

  @Test
  void higherCanBeBetter() {
    assertThat(ACCURACY.cost(0.9)).isLessThan(ACCURACY.cost(0.8));
    assertThat(LOSS.cost(0.8)).isLessThan(LOSS.cost(0.9));
    assertThat(LOSS.cost(Double.NaN)).isEqualTo(Double.POSITIVE_INFINITY);
  }

  @Test
  void aCandidateThatDivergedWithOneSeedIsNotChosen() {
    tune(sgd, 0, 1, 1);
    tune(sgd, 1, 2, 2);
    tune(sgd, 2, 0.1, 0.1);
    diverge(sgd.candidates().get(2).tuning().getFirst().get(1));
    assertThat(chosen(sgd)).contains("0.01");
    var outcome = ProblemOutcome.of(problem, "sgd", results).getFirst().entrants().getFirst();
    assertThat(outcome.candidates().get(2).diverged()).isEqualTo(1);
  }

  @Test
  void whoDivergesEverywhereHasNoChoiceAndNoFinalRuns() {
    sgd.candidates().forEach(candidate -> candidate.tuning().getFirst().forEach(this::diverge));
    assertThat(chosen(sgd)).isEmpty();
    assertThat(plan.open(results)).noneMatch(trial -> trial.name().startsWith("sgd"));
  }

  @Test
  void finalRunsWaitForTuningOfTheirEntrantOnly() {
    assertThat(plan.size(results)).isEqualTo(16);
    assertThat(plan.open(results)).hasSize(12).allMatch(t -> t.phase() == Phase.TUNING);
    tune(sgd, 0, 1, 1);
    tune(sgd, 1, 0.5, 0.5);
    tune(sgd, 2, 2, 2);
    assertThat(plan.open(results)).hasSize(8);
    assertThat(plan.open(results).stream().filter(t -> t.phase() == Phase.FINAL).map(Trial::name))
        .containsExactly("sgd0.17", "sgd0.18");
    judge(sgd, 1, 0.8, 0.9);
    assertThat(plan.open(results)).hasSize(6);
    assertThat(plan.finished(results)).isEqualTo(8);
  }

  @Test
  void judgesByTestAndPairsBySeed() {
    for (int candidate = 0; candidate < RATES.size(); candidate++) {
      tune(sgd, candidate, candidate, candidate);
      tune(adam, candidate, -candidate, -candidate);
    }
    judge(sgd, 0, 0.80, 0.90);
    judge(adam, 2, 0.84, 0.92);
    var outcome = ProblemOutcome.of(problem, "sgd", results).getFirst();
    assertThat(outcome.part()).isEqualTo("test");
    var second = outcome.entrants().getLast();
    assertThat(second.figures().mean()).isEqualTo(0.88);
    assertThat(Objects.requireNonNull(second.difference()).mean()).isCloseTo(0.03, within(1e-12));
    assertThat(outcome.entrants().getFirst().difference()).isNull();
    assertThat(second.remarks())
        .containsExactly(
            "adam: the best lr, 1, is the largest tried; a better one may lie beyond.");
    assertThat(outcome.entrants().getFirst().remarks().getFirst()).contains("0.01", "smallest");
  }

  @Test
  void aFinalRunThatDivergedIsCountedAndLeftOutOfTheMean() {
    for (int candidate = 0; candidate < RATES.size(); candidate++) {
      tune(sgd, candidate, candidate, candidate);
    }
    judge(sgd, 0, 0.80, 0.90);
    diverge(sgd.candidates().getFirst().finals().getLast());
    var outcome = ProblemOutcome.of(problem, "sgd", results).getFirst().entrants().getFirst();
    assertThat(outcome.diverged()).isEqualTo(1);
    assertThat(outcome.figures()).isEqualTo(new Spread(1, 0.80, Double.NaN));
  }
}

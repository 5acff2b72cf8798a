package dev.gradus.cli.sweep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gradus.cli.run.Result;
import dev.gradus.cli.sweep.RunSummary.DataSummary;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Successive halving: what is run when, from nothing but the results so far. */
class HalvingTest {
  private static final Figure LOSS = new Figure("loss", false);
  private static final Search HALVING = Search.parse("halving");

  private final Map<Trial, RunSummary> finished = new HashMap<>();
  private final Results results = trial -> Optional.ofNullable(finished.get(trial));
  private final Entrant adam =
      new Entrant("adam", IntStream.range(0, 9).mapToObj(HalvingTest::candidate).toList());
  private final Problem problem =
      new Problem("", LOSS, List.of(LOSS), HALVING.rungs(9), List.of(adam));
  private final Plan plan = new Plan("adam", List.of(problem));

  private static Candidate candidate(int number) {
    return new Candidate(
        new LinkedHashMap<>(Map.of("lr", "0." + number)),
        List.of(
            List.of(new Trial(number + " short", Phase.TUNING, 0)),
            List.of(new Trial(number + " whole", Phase.TUNING, 0))),
        List.of(new Trial(number + " final", Phase.FINAL, 1)));
  }

  /** Finishes a run with a loss, or, for one that is not a number, lets it diverge. */
  private void finish(Trial trial, double loss) {
    var metrics = new LinkedHashMap<>(Map.of("loss", loss));
    var result = new Result(1, "", 1, 0, 1, 1, false, 1, 0, metrics, metrics, metrics, 0, null);
    boolean lost = Double.isNaN(loss);
    finished.put(
        trial,
        new RunSummary(
            1,
            trial.phase(),
            new LinkedHashMap<>(),
            new DataSummary("digits", 1, 1, 1, ""),
            1,
            lost ? "the loss in step 3" : null,
            lost ? null : result,
            List.of(),
            List.of()));
  }

  private List<String> open() {
    return plan.open(results).stream().map(Trial::name).toList();
  }

  /** Candidate 5 is the best, then 4 and 6. */
  private void finishOpen() {
    plan.open(results)
        .forEach(trial -> finish(trial, Math.abs(5.1 - (trial.name().charAt(0) - '0'))));
  }

  @Test
  void theBestThirdGoesOnAndTheBestOfThemIsJudged() {
    assertThat(open()).hasSize(9).allMatch(name -> name.endsWith("short"));
    assertThat(plan.size(results)).isEqualTo(9 + 3 + 1);
    finishOpen();
    assertThat(open()).containsExactlyInAnyOrder("5 whole", "6 whole", "4 whole");
    finish(adam.candidates().get(4).tuning().get(1).getFirst(), 0.5);
    assertThat(open()).containsExactlyInAnyOrder("5 whole", "6 whole");
    finish(adam.candidates().get(5).tuning().get(1).getFirst(), 0.7);
    finish(adam.candidates().get(6).tuning().get(1).getFirst(), 0.6);
    assertThat(open()).containsExactly("4 final");
    assertThat(plan.size(results)).isEqualTo(13);
    finishOpen();
    assertThat(open()).isEmpty();
    assertThat(plan.finished(results)).isEqualTo(13);
  }

  @Test
  void whoDivergesDoesNotGoOn() {
    adam.candidates().forEach(c -> finish(c.tuning().getFirst().getFirst(), Double.NaN));
    finish(adam.candidates().get(7).tuning().getFirst().getFirst(), 3);
    assertThat(open()).containsExactly("7 whole");
    finish(adam.candidates().get(7).tuning().get(1).getFirst(), Double.NaN);
    assertThat(open()).isEmpty();
    assertThat(plan.size(results)).isEqualTo(10);
  }

  @Test
  void theOutcomeTellsHowEachDidInTheRungsThatItReached() {
    finishOpen();
    finishOpen();
    finishOpen();
    var candidates =
        SweepOutcome.of(plan, results).problems().getFirst().entrants().getFirst().candidates();
    assertThat(candidates.get(5).results()).containsExactly("5 short");
    assertThat(candidates.get(5).further().getFirst().results()).containsExactly("5 whole");
    assertThat(candidates.get(5).further().getFirst().validation().mean()).isEqualTo(5.1 - 5);
    assertThat(candidates.get(8).further()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '!',
      textBlock =
          """
          halving    ! 9  ! [9, 3]        ! [7, 20]
          halving    ! 27 ! [27, 9, 3]    ! [2, 7, 20]
          halving    ! 3  ! [3]           ! [20]
          halving    ! 5  ! [5, 2]        ! [7, 20]
          halving(2) ! 5  ! [5, 3, 2]     ! [5, 10, 20]
          halving(10)! 1000 ! [1000, 100, 10] ! [1, 2, 20]
          grid       ! 9  ! [9]           ! [20]
          """)
  void theLastRungHasTheWholeBudget(String text, int candidates, String rungs, String epochs) {
    var search = Search.parse(text);
    assertThat(search.rungs(candidates)).hasToString(rungs);
    assertThat(
            IntStream.range(0, search.rungs(candidates).size())
                .mapToObj(rung -> search.epochs(rung, candidates, 20))
                .toList())
        .hasToString(epochs);
  }

  @ParameterizedTest
  @CsvSource({
    "halving | grid",
    "grid | random(3)",
    "halving | halving",
    "grid | halving | halving",
    "''"
  })
  void whatMakesNoSenseIsRefused(String text) {
    assertThatThrownBy(() -> Search.parse(text)).hasMessageContaining("A search is grid");
  }

  @Test
  void isPrintedAsItIsRead() {
    assertThat(Search.parse("random( 27 ) |halving")).hasToString("random(trials=27) | halving");
  }
}

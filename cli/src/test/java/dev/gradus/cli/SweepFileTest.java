package dev.gradus.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a sweep file may say, and how it is refused before anything runs. */
class SweepFileTest {
  private static final String GOOD =
      """
      format: 1
      settings: {data: digits, model: mlp(width=8), epochs: 1}
      search: {lr: [0.01, 0.1]}
      entrants:
        adam: {optimizer: adam}
        sgd: {optimizer: sgd}
      baseline: adam
      tuning-seeds: [0]
      seeds: [1, 2]
      """;

  @TempDir Path folder;

  private Invocation dryRun(String text) throws IOException {
    var file = Files.writeString(folder.resolve("some.yaml"), text);
    return Invocation.of("sweep", file.toString(), "--dry-run");
  }

  @Test
  void aDryRunListsTheRunsAndTheirTimeAndMakesNone() throws IOException {
    var listed = dryRun(GOOD);
    assertThat(listed.code()).isZero();
    assertThat(listed.out())
        .isEqualTo(
            """
            tuning  adam  lr=0.01  seeds 0
            tuning  adam  lr=0.1  seeds 0
            final   adam  the best on validation  seeds 1 2
            tuning  sgd  lr=0.01  seeds 0
            tuning  sgd  lr=0.1  seeds 0
            final   sgd  the best on validation  seeds 1 2
            """);
    assertThat(listed.err()).containsPattern("8 runs, 0 finished; about 0:\\d\\d for the rest");
    assertThat(folder).isDirectoryNotContaining("glob:**/some");
  }

  @Test
  void everyCombinationOfListedSettingsIsAProblem() throws IOException {
    var listed =
        dryRun(GOOD.replace("mlp(width=8)", "[mlp(width=8), mlp]").replace("1}", "[1, 2]}"));
    assertThat(listed.err()).contains("32 runs");
    assertThat(listed.out()).contains("model=mlp(width=8) epochs=1\n", "model=mlp epochs=2\n");
  }

  @Test
  void anEntrantsOwnValuesStandInForTheSearch() throws IOException {
    var listed = dryRun(GOOD.replace("optimizer: sgd}", "optimizer: sgd, lr: [1, 2]}"));
    assertThat(listed.out()).contains("tuning  sgd  lr=2", "tuning  adam  lr=0.1");
    assertThat(listed.out()).doesNotContain("sgd  lr=0.1");
  }

  @Test
  void candidatesAreDrawnFromListsAndRanges() throws IOException {
    var drawn =
        GOOD.replace("lr: [0.01, 0.1]", "lr: 0.001 to 1, batch: [32, 64]") + "tuning: random(4)\n";
    var first = dryRun(drawn);
    assertThat(first.code()).as(first.err()).isZero();
    assertThat(first.err()).contains("12 runs");
    assertThat(first.out())
        .containsPattern("tuning  adam  lr=0\\.\\d+ batch=(32|64)  seeds 0\n")
        .isEqualTo(dryRun(drawn).out());
    // The same for every entrant, and others with another seed.
    assertThat(
            first.out().lines().filter(line -> line.contains(" adam ")).map(l -> l.substring(13)))
        .containsExactlyElementsOf(
            first
                .out()
                .lines()
                .filter(l -> l.contains(" sgd "))
                .map(l -> l.substring(12))
                .toList());
    assertThat(dryRun(drawn.replace("(4)", "(4, seed=1)")).out()).isNotEqualTo(first.out());
  }

  @Test
  void halvingListsItsRungs() throws IOException {
    var halved =
        GOOD.replace("[0.01, 0.1]", "[0.01, 0.1, 1, 10]").replace("epochs: 1}", "epochs: 9}");
    assertThat(dryRun(halved + "tuning: halving\n").out())
        .contains(
            """
            tuning  adam  lr=10 epochs=3  seeds 0
            tuning  adam  the best 2 of them epochs=9  seeds 0
            final   adam  the best on validation  seeds 1 2
            """);
  }

  @Test
  void aBudgetOfStepsIsMadeOfWholeEpochs() throws IOException {
    // An epoch has about 41 steps of 32 examples, or 21 of 64.
    var budget = GOOD.replace(", epochs: 1}", "}").replace("0.1]}", "0.1], batch: [32, 64]}");
    var listed = dryRun(budget + "budget: {steps: 130}\ntuning: halving(2)\n");
    assertThat(listed.out()).as(listed.err()).contains("lr=0.01 batch=32 epochs=2");
    assertThat(listed.out()).contains("lr=0.01 batch=64 epochs=3");
  }

  @Test
  void withoutASearchThereAreFinalRunsOnly() throws IOException {
    var listed = dryRun(GOOD.replace("[0.01, 0.1]", "0.1"));
    assertThat(listed.out()).doesNotContain("tuning").contains("final   sgd  -  seeds 1 2");
  }

  @Test
  void withoutSeedsThereIsTuningOnly() throws IOException {
    assertThat(dryRun(GOOD.replace("seeds: [1, 2]", "")).out()).doesNotContain("final");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '!',
      textBlock =
          """
          format: 1       ! format: 2        ! line 1: The format is 2, but this Gradus reads format 1; use a newer one.
          search:         ! serch:           ! line 3: Unknown key 'serch'; did you mean 'search'?
          search:         ! lr:              ! line 3: Unknown key 'lr'; settings of runs stand below 'settings', 'search' or an entrant.
          {lr: [0.01      ! {lrr: [0.01      ! line 3: Unknown key 'lrr'; did you mean 'lr'?
          [0.01, 0.1]     ! [0.01, -1]       ! line 3: Option --lr takes a number above 0, such as 0.001, not '-1'.
          [0.01, 0.1]     ! [0.1, 0.1]       ! line 3: The key 'lr' lists a value twice; leave one out.
          [0.01, 0.1]     ! [0.1, 0.10]      ! line 5: The entrant 'adam' has the same candidate twice (lr=0.10); leave one out.
          optimizer: sgd} ! optimizer: sgdd} ! line 6: Unknown rule 'sgdd'
          optimizer: sgd} ! lr: [1, 2, 3]}   ! line 6: The entrant 'sgd' has 3 candidates, but 'adam' has 2; give each equally many.
          optimizer: sgd} ! epochs: 3}       ! line 6: Entrants that differ in 'epochs' cannot be compared; set it below 'settings'.
          {lr: [0.01      ! {data: [0.01     ! line 3: Entrants that differ in 'data' cannot be compared; set it below 'settings'.
          optimizer: sgd} ! trusted: 0.1}    ! line 6: Entrants that differ in 'trusted' cannot be compared; set it below 'settings'.
          epochs: 1}      ! seed: 1}         ! line 2: The sweep itself decides 'seed'; list seeds below 'seeds'.
          epochs: 1}      ! epochs: {a: b}}  ! line 2: The value must be a text, a number or a list of them.
          baseline: adam  ! baseline: adan   ! line 7: The baseline 'adan' is no entrant; did you mean 'adam'?
          baseline: adam  ! baseline: [a, b] ! line 7: The key 'baseline' takes one value, not a list.
          [0.01, 0.1]     ! 0.01 to 0.1      ! line 3: Values of a range are drawn: say how many by 'tuning: random(20)', or list values of 'lr'.
          baseline: adam  ! tuning: random(3) ! line 5: The entrant 'adam' has only 2 candidates, but 3 are to be drawn; draw fewer.
          baseline: adam  ! tuning: halvin   ! line 7: Unknown search 'halvin' (character 1 of "halvin"); did you mean 'halving'?
          baseline: adam  ! tuning: halving(1) ! line 7: Option factor of 'halving' is 1, but must lie in [2, 100]
          baseline: adam  ! budget: 5        ! line 7: The key 'budget' takes a number of steps or of minutes, such as {steps: 2000}.
          baseline: adam  ! budget: {steps: 0.5} ! line 7: The key 'budget' takes
          baseline: adam  ! budget: {steps: 9} ! line 7: Give a 'budget' or 'epochs', not both.
          seeds: [1, 2]   ! seeds: [1, x]    ! line 9: The key 'seeds' takes whole numbers such as [1, 2, 3], not 'x'.
          seeds: [1, 2]   ! seeds: [1, 1]    ! line 9: The key 'seeds' has a seed twice; leave one out.
          """)
  void aMistakeIsNamedWithItsLine(String good, String wrong, String sentence) throws IOException {
    var refused = dryRun(GOOD.replace(good, wrong));
    assertThat(refused.code()).isEqualTo(2);
    assertThat(refused.err()).contains("some.yaml, " + sentence);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '!',
      textBlock =
          """
          epochs: 1}     ! validation: 0}    ! There are no validation examples in digits to choose by
          data: digits   ! data: digitz      ! Unknown data set 'digitz'; did you mean 'digits'?
          epochs: 1}     ! best-by: acuracy} ! Unknown validation metric 'acuracy'
          baseline: adam ! metric: rmse      ! Unknown validation metric 'rmse'
          mlp(width=8)   ! char-lstm         ! char-lstm
          """)
  void whatDoesNotFitTheDataIsRefusedToo(String good, String wrong, String sentence)
      throws IOException {
    var refused = dryRun(GOOD.replace(good, wrong));
    assertThat(refused.code()).describedAs(refused.err()).isEqualTo(2);
    assertThat(refused.err()).contains(sentence);
  }

  @Test
  void nobodyToCompareIsRefused() throws IOException {
    assertThat(dryRun("seeds: [1]\n").err()).contains("There is nobody to compare; name entrants.");
  }

  @Test
  void aFileWithoutAnEndingNeedsAFolder() throws IOException {
    var file = Files.writeString(folder.resolve("plan"), GOOD);
    var refused = Invocation.of("sweep", file.toString());
    assertThat(refused.code()).isEqualTo(2);
    assertThat(refused.err()).contains("has no ending .yaml; name a folder by --out.");
  }
}

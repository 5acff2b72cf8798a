package dev.gradus.djl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gradus.UserException;
import dev.gradus.checkpoint.Retention.Better;
import dev.gradus.djl.TrainingResult.Outcome;
import dev.gradus.djl.data.DataSet;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A run ends when its validation figure stands still, also when it was resumed. */
class EarlyStoppingTest {
  private static final Choice LOSS = Choice.usual();
  private static final Choice ACCURACY = new Choice("accuracy", Better.HIGHER);

  /** After how many epochs a run with these losses ends; all of them if it does not. */
  private static int ends(EarlyStopping rule, Choice choice, double... figures) {
    var standstill = Standstill.NONE;
    for (int epoch = 0; epoch < figures.length; epoch++) {
      standstill = rule.after(standstill, epoch, choice, Map.of(choice.metric(), figures[epoch]));
      if (rule.isDue(standstill)) {
        return epoch + 1;
      }
    }
    return figures.length;
  }

  @ParameterizedTest
  @CsvSource({"1, 3", "2, 6", "3, 7"})
  void countsEpochsInARow(int patience, int end) {
    assertThat(ends(EarlyStopping.after(patience), LOSS, 3, 2, 2, 1, 1, 1.5, 1.2)).isEqualTo(end);
  }

  @Test
  void aHigherAccuracyIsAnImprovement() {
    assertThat(ends(EarlyStopping.after(1), ACCURACY, 0.1, 0.2, 0.3, 0.3, 0.4)).isEqualTo(4);
  }

  @Test
  void smallImprovementsAddUpToOneThatCounts() {
    var rule = EarlyStopping.after(2).byMoreThan(0.25);
    assertThat(ends(rule, LOSS, 3, 2.8, 2.6, 2.4, 2.3, 2.2)).isEqualTo(6);
    assertThat(ends(rule, LOSS, 3, 2.9, 2.8, 2.4)).isEqualTo(3);
    assertThat(ends(rule, LOSS, 3, 2.8, 2.5, 2.4, 2.4)).isEqualTo(5);
  }

  @Test
  void theFirstEpochsMayStandStill() {
    assertThat(ends(EarlyStopping.after(1).sparing(3), LOSS, 1, 2, 2, 2, 2)).isEqualTo(4);
  }

  @Test
  void aFigureThatIsNotANumberIsNoImprovement() {
    assertThat(ends(EarlyStopping.after(2), LOSS, Double.NaN, Double.NaN, 1)).isEqualTo(2);
    assertThat(ends(EarlyStopping.after(2), LOSS, 1, Double.NaN, 0.5, Double.NaN)).isEqualTo(4);
  }

  /** The best of nine epochs of {@link Tiny#training} without early stopping is not the first. */
  private static Training training(Network network) {
    return Tiny.training(network, Tiny.data())
        .epochs(9)
        .chooseBy(new Choice("loss", Better.HIGHER))
        .earlyStopping(EarlyStopping.after(2));
  }

  private static TrainingResult run(Path folder, int stopAfter) {
    var made = new AtomicInteger();
    try (var network = Tiny.plain()) {
      return training(network)
          .checkpoints(Checkpoints.in(folder).everySteps(3).resuming())
          .stopWhen(() -> made.incrementAndGet() >= stopAfter)
          .run();
    }
  }

  @Test
  void theRunSaysWhyItEndedAndKeepsTheBest(@TempDir Path folder) {
    var result = run(folder, Integer.MAX_VALUE);
    assertThat(result.outcome()).isEqualTo(Outcome.STOPPED_EARLY);
    assertThat(result.epochs()).isEqualTo(result.bestEpoch() + 3).isLessThan(9);
    assertThat(result.test()).isNotEmpty();
    var again = run(folder, Integer.MAX_VALUE);
    assertThat(again.outcome()).isEqualTo(Outcome.ALREADY_FINISHED);
    assertThat(again.test()).isEqualTo(result.test());
  }

  @ParameterizedTest
  @ValueSource(ints = {8, 9, 15, 16, 17, 23, 24})
  void aResumedRunEndsWhereItWouldHaveEnded(int steps, @TempDir Path temporary) {
    var whole = run(temporary.resolve("whole"), Integer.MAX_VALUE);
    var folder = temporary.resolve("stopped");
    run(folder, steps);
    var resumed = run(folder, Integer.MAX_VALUE);
    assertThat(resumed.steps()).isEqualTo(whole.steps());
    assertThat(resumed.validation()).isEqualTo(whole.validation());
    assertThat(resumed.test()).isEqualTo(whole.test());
  }

  @Test
  void anotherPatienceIsAnotherRun(@TempDir Path folder) {
    run(folder, 4);
    try (var network = Tiny.plain()) {
      var other =
          training(network)
              .earlyStopping(EarlyStopping.NEVER)
              .checkpoints(Checkpoints.in(folder).resuming());
      assertThatThrownBy(other::run)
          .isInstanceOf(UserException.class)
          .hasMessageContaining(
              "early stopping: after 2 without improvement by more than 0.0, the first 0 not"
                  + " counted then, none now");
    }
  }

  @Test
  void refusesToWatchWhatIsNotThere() {
    var whole = Tiny.data();
    var none = whole.validation().subset(new int[0]);
    var data =
        new DataSet(
            "tiny",
            whole.statements(),
            whole.task(),
            whole.columns(),
            whole.normalisation(),
            whole.train(),
            none,
            whole.test());
    try (var network = Tiny.plain()) {
      var training = Tiny.training(network, data).earlyStopping(EarlyStopping.after(2));
      assertThatThrownBy(training::run)
          .isInstanceOf(UserException.class)
          .hasMessage(
              "Early stopping watches the validation loss, but the data set tiny has no validation"
                  + " examples; keep some or leave early stopping out.");
    }
  }

  @Test
  void refusesNumbersThatMakeNoSense() {
    assertThatThrownBy(() -> EarlyStopping.after(0)).isInstanceOf(UserException.class);
    assertThatThrownBy(() -> EarlyStopping.after(1).sparing(-1)).isInstanceOf(UserException.class);
    for (double margin : new double[] {-1, Double.NaN, Double.POSITIVE_INFINITY}) {
      assertThatThrownBy(() -> EarlyStopping.after(1).byMoreThan(margin))
          .isInstanceOf(UserException.class)
          .hasMessageContaining("not " + margin);
    }
  }
}

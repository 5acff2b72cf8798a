package dev.gradus.djl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gradus.Group;
import dev.gradus.Rules;
import dev.gradus.UserException;
import dev.gradus.checkpoint.Retention.Better;
import dev.gradus.djl.TrainingResult.Outcome;
import dev.gradus.djl.data.Augmentation;
import dev.gradus.djl.data.DataSet;
import dev.gradus.schedule.Schedules;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A run that was stopped or killed ends with the bits of one that was not. */
class ResumeTest {
  private static final int STEPS = 3 * 7;

  @TempDir private Path temporary;
  private Path undisturbed;

  /** What a listener throws where a process would die. */
  private static final class Killed extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }

  @BeforeEach
  void runUndisturbed() {
    undisturbed = temporary.resolve("undisturbed");
    assertThat(run(training(undisturbed)).outcome()).isEqualTo(Outcome.FINISHED);
  }

  @Test
  void twoRunsAgreeBitForBit() throws IOException {
    var again = temporary.resolve("again");
    run(training(again));
    assertSameBits(again);
  }

  @Test
  void anotherSeedGivesOtherWeights() throws IOException {
    var other = temporary.resolve("other");
    run(training(other).seed(8));
    assertThat(Tiny.newest(other).get("Conv2d.weight"))
        .isNotEqualTo(Tiny.newest(undisturbed).get("Conv2d.weight"));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3, 7, 10, 14, 20})
  void stoppedAndResumedAgrees(int steps) throws IOException {
    var folder = temporary.resolve("stopped");
    var made = new AtomicInteger();
    var first = run(training(folder).stopWhen(() -> made.incrementAndGet() >= steps));
    assertThat(first.outcome()).isEqualTo(Outcome.INTERRUPTED);
    assertThat(run(training(folder)).outcome()).isEqualTo(Outcome.FINISHED);
    assertSameBits(folder);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4})
  void killedAnyNumberOfTimesAgrees(long chance) throws IOException {
    var folder = temporary.resolve("killed");
    var random = new Random(chance);
    int kills = 0;
    while (killed(folder, random.nextInt(1, 8))) {
      kills++;
    }
    assertThat(kills).isPositive();
    assertSameBits(folder);
  }

  /** Trains for a few steps and throws; false if the run came to its end before. */
  private boolean killed(Path folder, int steps) {
    var left = new AtomicInteger(steps);
    try {
      run(training(folder).listener(event -> dieAfter(left, event)));
      return false;
    } catch (Killed expected) {
      return true;
    }
  }

  private static void dieAfter(AtomicInteger left, TrainingEvent event) {
    if (event instanceof TrainingEvent.StepDone && left.getAndDecrement() == 0) {
      throw new Killed();
    }
  }

  @Test
  void theBestEpochSurvivesAResume() throws IOException {
    var whole = temporary.resolve("whole");
    var expected = run(firstIsBest(training(whole)));
    assertThat(expected.bestEpoch()).isZero();
    var folder = temporary.resolve("stopped");
    var made = new AtomicInteger();
    run(firstIsBest(training(folder)).stopWhen(() -> made.incrementAndGet() >= 11));
    var resumed = run(firstIsBest(training(folder)));
    assertThat(resumed.bestEpoch()).isZero();
    assertThat(resumed.validation()).isEqualTo(expected.validation());
    assertThat(resumed.test()).isEqualTo(expected.test());
    assertSameBits(whole, folder);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 7, 8, 14, 20})
  void whatSchedulesRememberIsResumed(int steps) throws IOException {
    var whole = temporary.resolve("whole");
    run(remembering(training(whole)));
    var folder = temporary.resolve("stopped");
    var made = new AtomicInteger();
    run(remembering(training(folder)).stopWhen(() -> made.incrementAndGet() >= steps));
    var rates = new ArrayList<Double>();
    run(remembering(training(folder)).listener(event -> addRate(event, rates)));
    assertThat(rates.getLast()).isEqualTo(0.5 * 1e-2);
    assertSameBits(whole, folder);
    var without = temporary.resolve("without");
    run(training(without).group(Group.all(Rules.parse("arsg(mu=0.05)"), 1e-2)));
    assertThat(Tiny.newest(without).get("Conv2d.weight"))
        .isNotEqualTo(Tiny.newest(whole).get("Conv2d.weight"));
  }

  /** No figure is good enough: rate and mu fall after the second epoch. */
  private static Training remembering(Training training) {
    return training.group(
        Group.all(
                Rules.parse(
                    "arsg(mu=plateau(mode=max, threshold=9, patience=0, factor=0.05,"
                        + " metric=trainLoss))"),
                1e-2)
            .withSchedule(
                Schedules.parse(
                    "plateau(factor=0.5, patience=0, threshold=0.9, metric=accuracy)")));
  }

  private static void addRate(TrainingEvent event, List<Double> rates) {
    if (event instanceof TrainingEvent.StepDone step) {
      rates.add(step.learningRate());
    }
  }

  @Test
  void refusesAPlateauOfWhatIsNotMeasured() {
    var group = group().withSchedule(Schedules.parse("plateau(metric=acuracy)"));
    assertThatThrownBy(() -> run(training(temporary.resolve("new")).group(group)))
        .isInstanceOf(UserException.class)
        .hasMessage(
            "A schedule watches the metric 'acuracy', which this run does not measure; did you"
                + " mean 'accuracy'?");
  }

  /** Takes the epoch with the highest loss for the best. */
  private static Training firstIsBest(Training training) {
    return training.chooseBy(new Choice("loss", Better.HIGHER));
  }

  @Test
  void skippedStepsAreResumedToo() throws IOException {
    var whole = temporary.resolve("whole");
    run(withBadExample(training(whole, badData())));
    var folder = temporary.resolve("stopped");
    var made = new AtomicInteger();
    run(withBadExample(training(folder, badData())).stopWhen(() -> made.incrementAndGet() >= 12));
    var result = run(withBadExample(training(folder, badData())));
    assertThat(result.skipped()).isEqualTo(3);
    assertSameBits(whole, folder);
  }

  private static Training withBadExample(Training training) {
    return training.onNotFinite(OnNotFinite.SKIP);
  }

  private static DataSet badData() {
    var train = (Tiny.Held) Tiny.images(50, 1);
    train.inputs().get(5)[14] = Float.NaN;
    return Tiny.data(train);
  }

  @Test
  void aFinishedRunSaysSo() {
    var first = run(training(temporary.resolve("fresh")));
    var again = run(training(temporary.resolve("fresh")));
    assertThat(again.outcome()).isEqualTo(Outcome.ALREADY_FINISHED);
    assertThat(again.test()).isEqualTo(first.test()).isNotEmpty();
    assertThat(again.validation()).isEqualTo(first.validation()).isNotEmpty();
    assertThat(again.steps()).isEqualTo(STEPS);
  }

  @Test
  void resumedRunTellsWhereItGoesOnAndThatThreadsDiffer() {
    var folder = temporary.resolve("threads");
    var made = new AtomicInteger();
    run(training(folder).stopWhen(() -> made.incrementAndGet() >= 4));
    var started = new AtomicReference<TrainingEvent.Started>();
    run(
        training(folder)
            .threads(1, 2)
            .listener(
                event -> {
                  if (event instanceof TrainingEvent.Started begin) {
                    started.set(begin);
                  }
                }));
    assertThat(started.get().step()).isEqualTo(4);
    assertThat(started.get().problems()).singleElement().asString().contains("1 then, 2 now");
  }

  @Test
  void refusesAnEarlierRunUnlessResumed() {
    assertThatThrownBy(() -> run(training(undisturbed).checkpoints(Checkpoints.in(undisturbed))))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("has checkpoints of an earlier run");
  }

  @Test
  void namesWhatDiffers() {
    var others =
        Map.of(
            "seed: 7 then, 9 now", training(undisturbed).seed(9),
            "batch: 8 then, 9 now", training(undisturbed).batch(9),
            "epochs: 3 then, 4 now", training(undisturbed).epochs(4),
            "augmentation: crop-and-flip(1) then, none now",
                training(undisturbed).augmentation(new Augmentation.None()),
            "learning rate 0.02", training(undisturbed).group(group()),
            "training examples: 50 then, 40 now",
                training(undisturbed, Tiny.data(Tiny.images(40, 1))),
            "hash of the data", training(undisturbed, Tiny.data(Tiny.images(50, 9))));
    others.forEach(
        (difference, training) ->
            assertThatThrownBy(() -> run(training))
                .isInstanceOf(UserException.class)
                .hasMessageContaining(difference));
  }

  private static Group group() {
    return Group.all(Rules.parse("adamp | decay(0.01)"), 2e-2);
  }

  @Test
  void namesTheParameterThatDiffers() {
    try (var network = Tiny.plain()) {
      var training =
          Tiny.training(network, Tiny.data())
              .augmentation(new Augmentation.CropAndFlip(1))
              .checkpoints(Checkpoints.in(undisturbed).resuming());
      assertThatThrownBy(training::run)
          .isInstanceOf(UserException.class)
          .hasMessageContaining("parameter 02Linear.weight: absent then, [5, 36] now");
    }
  }

  private void assertSameBits(Path folder) throws IOException {
    assertSameBits(undisturbed, folder);
  }

  private static void assertSameBits(Path one, Path other) throws IOException {
    var expected = Tiny.newest(one);
    assertThat(expected).containsKeys("BatchNorm.runningMean", "Conv2d.weight", "Conv2d.weight/m");
    var found = Tiny.newest(other);
    assertThat(found.keySet()).isEqualTo(expected.keySet());
    expected.forEach((name, values) -> assertThat(found.get(name)).as(name).isEqualTo(values));
  }

  private static Training training(Path folder) {
    return training(folder, Tiny.data());
  }

  private static Training training(Path folder, DataSet data) {
    return Tiny.training(Tiny.network(), data)
        .augmentation(new Augmentation.CropAndFlip(1))
        .checkpoints(Checkpoints.in(folder).everySteps(3).resuming());
  }

  private static TrainingResult run(Training training) {
    try {
      return training.run();
    } finally {
      training.network.close();
    }
  }
}

package dev.gradus.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gradus.Group;
import dev.gradus.Rules;
import dev.gradus.UserException;
import dev.gradus.compress.AdaComp;
import dev.gradus.djl.Checkpoints;
import dev.gradus.djl.LocalWorkers;
import dev.gradus.djl.NotFiniteException;
import dev.gradus.djl.Training;
import dev.gradus.djl.TrainingEvent;
import dev.gradus.djl.TrainingResult;
import dev.gradus.djl.TrainingResult.Outcome;
import dev.gradus.exchange.Collectives;
import dev.gradus.exchange.LostWorkerException;
import dev.gradus.exchange.Transport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

class SparkTrainingTest {
  @RegisterExtension static final LocalCluster CLUSTER = new LocalCluster();

  @TempDir Path folder;

  private final List<TrainingEvent> events = new ArrayList<>();

  private SparkTraining training(WorkerTraining description) {
    return new SparkTraining(CLUSTER.spark(), description)
        .workers(2)
        .compressor(new AdaComp())
        .deadline(Duration.ofSeconds(8))
        .listener(events::add)
        .checkpoints(new SharedCheckpoints(folder("spark").toUri().toString(), 6, 3600, 3, false));
  }

  private Path folder(String name) {
    return folder.resolve(name);
  }

  /** What workers in one process come to. */
  private Map<String, List<Float>> local() throws IOException {
    var result =
        LocalWorkers.train(
            2,
            new AdaComp(),
            _ ->
                TinyTraining.of(TinyTraining.network())
                    .checkpoints(
                        Checkpoints.in(folder("local")).every(Duration.ofHours(1)).everySteps(6)));
    assertThat(result.outcome()).isEqualTo(Outcome.FINISHED);
    return LastCheckpoint.of(folder("local"));
  }

  private void assertAsUndisturbed(TrainingResult result) throws IOException {
    assertThat(result.outcome()).isEqualTo(Outcome.FINISHED);
    var spark = LastCheckpoint.of(folder("spark"));
    assertThat(spark).isNotEmpty().isEqualTo(local());
    assertThat(spark.keySet()).anyMatch(name -> name.startsWith("worker-1"));
  }

  @Test
  void makesTheStepsOfWorkersInOneProcess() throws IOException {
    assertAsUndisturbed(training(TinyTraining::undisturbed).run());
    assertThat(events).anyMatch(TrainingEvent.StepDone.class::isInstance);
    assertThat(events)
        .filteredOn(TrainingEvent.Exchanged.class::isInstance)
        .hasSize(4)
        .map(event -> ((TrainingEvent.Exchanged) event).traffic().compression())
        .allMatch(compression -> compression > 2);
    assertThat(events.getLast()).isInstanceOf(TrainingEvent.Ended.class);
  }

  @Test
  void goesOnWhenAWorkerIsKilled() throws IOException {
    assertAsUndisturbed(training(disturbed(Fault.KILL, marker())).run());
    assertThat(events).anyMatch(TrainingEvent.Noticed.class::isInstance);
  }

  @Test
  void goesOnWhenAWorkerFreezes() throws IOException {
    assertAsUndisturbed(training(disturbed(Fault.FREEZE, marker())).run());
    assertThat(events)
        .anyMatch(
            event ->
                event instanceof TrainingEvent.Noticed noticed
                    && noticed.sentence().startsWith("Worker 1 has been silent"));
    assertThat(ProcessHandle.of(Long.parseLong(Files.readString(Path.of(marker())))))
        .as("the frozen process")
        .isEmpty();
  }

  private String marker() {
    return folder("marker").toString();
  }

  /** Something happens to worker 1 in its twentieth step, once. */
  private static WorkerTraining disturbed(Fault fault, String marker) {
    var disturbance = new Disturbance(1, 20, fault, marker);
    return place -> disturbance.in(place, TinyTraining.undisturbed(place));
  }

  @Test
  void givesUpAWorkerThatIsLostAgainAndAgain() {
    assertThatThrownBy(
            () ->
                training(place -> failing(place, new LostWorkerException(1, "Worker 1 says so.")))
                    .retries(1)
                    .run())
        .isInstanceOf(UserException.class)
        .hasMessageStartingWith(
            "The training was given up after 2 attempts; the last one ended because: Worker 1");
  }

  /** Worker 1 fails behind its first step. */
  private static Training failing(WorkerPlace place, RuntimeException failure) {
    return TinyTraining.undisturbed(place)
        .listener(
            event -> {
              if (place.rank() == 1 && event instanceof TrainingEvent.StepDone) {
                throw failure;
              }
            });
  }

  /** It takes longer to close what it has opened than others wait, but it has told before. */
  @Test
  void aWorkerThatCantGoOnIsNotTakenForLost() {
    assertThatThrownBy(() -> training(SparkTrainingTest::slowlyFailing).run())
        .isInstanceOf(UserException.class)
        .hasMessage("Worker 1 has no more data.");
    assertThat(events).noneMatch(TrainingEvent.Noticed.class::isInstance);
  }

  @Test
  void tellsWhyAWorkerCantTrain() {
    assertThatThrownBy(
            () ->
                training(
                        place -> {
                          throw new UserException("Worker %d has no data.".formatted(place.rank()));
                        })
                    .run())
        .isInstanceOf(UserException.class)
        .hasMessageMatching("Worker [01] has no data.");
  }

  private static Training slowlyFailing(WorkerPlace place) {
    if (place.rank() == 1) {
      place.closeBehind(() -> Processes.sleep(Duration.ofSeconds(10)));
    }
    return failing(place, new UserException("Worker 1 has no more data."));
  }

  @Test
  void aWorkerThatCantPrepareIsNotTakenForLost() {
    assertThatThrownBy(
            () ->
                training(TinyTraining::undisturbed)
                    .prepare(SparkTrainingTest::unprepared, _ -> {})
                    .run())
        .isInstanceOf(UserException.class)
        .hasMessage("Worker 1 finds no data.");
    assertThat(events).noneMatch(TrainingEvent.Noticed.class::isInstance);
  }

  private static String unprepared(WorkerPlace place, Transport transport) {
    if (place.rank() == 1) {
      throw new UserException("Worker 1 finds no data.");
    }
    new Collectives(transport).barrier();
    return "";
  }

  @Test
  void tellsInWhichStepATrainingDiverged() {
    assertThatThrownBy(() -> training(SparkTrainingTest::diverging).run())
        .isInstanceOfSatisfying(
            NotFiniteException.class,
            diverged -> {
              assertThat(diverged.step()).isPositive();
              assertThat(diverged.what()).startsWith("the ");
            });
    assertThat(events).noneMatch(TrainingEvent.Noticed.class::isInstance);
  }

  private static Training diverging(WorkerPlace place) {
    return TinyTraining.undisturbed(place).group(Group.all(Rules.parse("sgd"), 1e30));
  }

  @Test
  void refusesMoreWorkersThanCores() {
    assertThatThrownBy(() -> training(TinyTraining::undisturbed).workers(3).run())
        .isInstanceOf(UserException.class)
        .hasMessageStartingWith("3 workers need as many cores, but the cluster has had 2 for");
  }

  @Test
  void stopsWhenAskedAndGoesOn() throws IOException {
    var stop = new AtomicBoolean();
    var stopped =
        training(TinyTraining::undisturbed)
            .stopWhen(stop::get)
            .listener(
                event -> {
                  if (event instanceof TrainingEvent.EpochDone) {
                    stop.set(true);
                  }
                })
            .run();
    assertThat(stopped.outcome()).isEqualTo(Outcome.INTERRUPTED);
    var shared = new SharedCheckpoints(folder("spark").toUri().toString(), 6, 3600, 3, true);
    assertAsUndisturbed(training(TinyTraining::undisturbed).checkpoints(shared).run());
  }

  @Test
  void refusesAFolderWithCheckpointsOfAnotherRun() {
    training(TinyTraining::undisturbed).run();
    assertThatThrownBy(() -> training(TinyTraining::undisturbed).run())
        .isInstanceOf(UserException.class)
        .hasMessageContaining("has checkpoints of an earlier run");
  }
}

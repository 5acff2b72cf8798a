package dev.gradus.mlflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.JsonObject;
import dev.gradus.UserException;
import dev.gradus.djl.TrainingEvent;
import dev.gradus.djl.TrainingResult;
import dev.gradus.djl.TrainingResult.Outcome;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MlflowTrackingTest {
  private final Warnings warnings = new Warnings();
  private final Logger logger = Logger.getLogger(Outbox.class.getName());
  @TempDir private Path folder;

  /** Keeps what is logged. */
  private static final class Warnings extends Handler {
    private final List<String> messages = new ArrayList<>();

    @Override
    public void publish(LogRecord record) {
      messages.add(record.getMessage());
    }

    @Override
    public void flush() {}

    @Override
    public void close() {}
  }

  @BeforeEach
  void listen() {
    logger.addHandler(warnings);
    logger.setUseParentHandlers(false);
  }

  @AfterEach
  void stopListening() {
    logger.removeHandler(warnings);
  }

  private static void train(MlflowTracking tracking, long from, Outcome outcome) {
    tracking.on(new TrainingEvent.Started(from, 40, 4, 100, List.of()));
    for (long step = from; step < from + 20; step++) {
      tracking.on(
          new TrainingEvent.StepDone(
              step,
              0,
              step == 0 ? Double.NaN : 2.5,
              100,
              Duration.ZERO,
              0.125,
              Map.of(),
              Duration.ZERO));
    }
    tracking.on(
        new TrainingEvent.EpochDone(from + 20, 0, 1.5, metrics(0.75), true, Duration.ofSeconds(1)));
    tracking.on(
        new TrainingEvent.Ended(
            new TrainingResult(
                outcome,
                from + 20,
                1,
                0,
                0,
                metrics(0.75),
                metrics(0.5),
                metrics(0.5),
                Duration.ZERO)));
  }

  private static SequencedMap<String, Double> metrics(double accuracy) {
    return new LinkedHashMap<>(Map.of("accuracy", accuracy));
  }

  private static List<String> lines(List<JsonObject> requests, String array) {
    return requests.stream()
        .filter(request -> request.has(array))
        .flatMap(request -> request.getAsJsonArray(array).asList().stream())
        .map(MlflowTrackingTest::line)
        .toList();
  }

  private static String line(com.google.gson.JsonElement element) {
    var json = element.getAsJsonObject();
    var step = json.has("step") ? " at " + json.get("step") : "";
    return json.get("key").getAsString() + " = " + json.get("value").getAsString() + step;
  }

  @Test
  void tellsOfARunFromBeginningToEnd() throws IOException {
    try (var server = new RecordingServer()) {
      train(
          MlflowTracking.to(server.address(), "fraud")
              .runName("first")
              .header("Authorization", "Bearer secret")
              .parameters(Map.of("lr", "0.001")),
          0,
          Outcome.FINISHED);
      assertThat(server.paths())
          .containsExactly(
              "GET experiments/get-by-name?experiment_name=fraud",
              "POST experiments/create",
              "POST runs/create",
              "POST runs/log-batch",
              "POST runs/log-batch",
              "POST runs/update");
      var requests = server.bodies();
      assertThat(requests.get(1).get("name").getAsString()).isEqualTo("fraud");
      assertThat(requests.get(2).get("run_name").getAsString()).isEqualTo("first");
      assertThat(lines(requests, "params")).containsExactly("lr = 0.001");
      assertThat(lines(requests, "metrics"))
          .containsExactlyInAnyOrder(
              "train/loss = NaN at 1",
              "train/learningRate = 0.125 at 1",
              "train/examplesPerSecond = 100.0 at 1",
              "train/loss = 2.5 at 11",
              "train/learningRate = 0.125 at 11",
              "train/examplesPerSecond = 100.0 at 11",
              "train/epochLoss = 1.5 at 20",
              "validation/accuracy = 0.75 at 20",
              "test/accuracy = 0.5 at 20");
      assertThat(requests.getLast().get("status").getAsString()).isEqualTo("FINISHED");
      assertThat(server.authorisations()).containsOnly("Bearer secret");
    }
    assertThat(warnings.messages).isEmpty();
  }

  @Test
  void aResumedTrainingGoesOnWithItsRun() throws IOException {
    var file = folder.resolve("mlflow-run");
    try (var server = new RecordingServer()) {
      var tracking = MlflowTracking.to(server.address(), "fraud").keepingRunIn(file);
      train(tracking, 0, Outcome.INTERRUPTED);
      assertThat(server.bodies().getLast().get("status").getAsString()).isEqualTo("KILLED");
      server.clear();
      train(MlflowTracking.to(server.address(), "fraud").keepingRunIn(file), 20, Outcome.FINISHED);
      assertThat(server.paths()).first().isEqualTo("POST runs/update");
      assertThat(server.paths()).doesNotContain("POST runs/create");
      assertThat(server.bodies())
          .allSatisfy(body -> assertThat(body.get("run_id").getAsString()).isEqualTo("run-1"));
    }
  }

  @Test
  void aServerThatFailsIsOneWarningAndStopsNothing() throws IOException {
    try (var server = new RecordingServer()) {
      server.failWith(500);
      var tracking = MlflowTracking.to(server.address(), "fraud");
      train(tracking, 0, Outcome.FINISHED);
    }
    assertThat(warnings.messages).singleElement().asString().contains("answers 500");
  }

  @Test
  void aServerThatIsNotThereIsOneWarning() {
    train(MlflowTracking.to(URI.create("http://localhost:1"), "fraud"), 0, Outcome.FINISHED);
    assertThat(warnings.messages).hasSize(1);
  }

  @Test
  void aServerThatHangsIsWaitedForNoLongerThanTheDeadline() throws IOException {
    try (var server = new RecordingServer()) {
      server.hang();
      var tracking = MlflowTracking.to(server.address(), "fraud").deadline(Duration.ofMillis(300));
      train(tracking, 0, Outcome.FINISHED);
    }
    assertThat(warnings.messages).hasSize(1);
  }

  @Test
  void whatIsRefusedForGoodDoesNotBlockTheRest() throws IOException {
    try (var server = new RecordingServer()) {
      server.failWith(400);
      var tracking = MlflowTracking.to(server.address(), "fraud");
      tracking.on(new TrainingEvent.Started(0, 40, 4, 100, List.of()));
      tracking.on(
          new TrainingEvent.EpochDone(20, 0, 1.5, metrics(0.75), true, Duration.ofSeconds(1)));
      server.awaitRequest();
      server.failWith(200);
      tracking.on(
          new TrainingEvent.EpochDone(40, 1, 1.25, metrics(0.5), true, Duration.ofSeconds(2)));
      tracking.close();
      assertThat(lines(server.bodies(), "metrics"))
          .containsExactly("train/epochLoss = 1.25 at 40", "validation/accuracy = 0.5 at 40");
    }
    assertThat(warnings.messages).hasSize(1);
  }

  @Test
  void aDeadlineOfNothingIsRefused() {
    var tracking = MlflowTracking.to(URI.create("http://localhost:1"), "fraud");
    assertThatThrownBy(() -> tracking.deadline(Duration.ZERO))
        .isInstanceOf(UserException.class)
        .hasMessage("The deadline of a request is above 0, not PT0S.");
  }

  @Test
  void whatCouldNotBeSentIsSentLater() throws IOException {
    try (var server = new RecordingServer()) {
      server.failWith(503);
      var tracking = MlflowTracking.to(server.address(), "fraud");
      tracking.on(new TrainingEvent.Started(0, 40, 4, 100, List.of()));
      tracking.on(
          new TrainingEvent.EpochDone(20, 0, 1.5, metrics(0.75), true, Duration.ofSeconds(1)));
      server.awaitRequest();
      server.failWith(200);
      tracking.close();
      assertThat(lines(server.bodies(), "metrics"))
          .containsExactly("train/epochLoss = 1.5 at 20", "validation/accuracy = 0.75 at 20");
      assertThat(server.bodies().getLast().get("status").getAsString()).isEqualTo("FAILED");
    }
    assertThat(warnings.messages).hasSize(1);
  }

  @Test
  void aSecretThatIsNoHeaderIsRefusedWithoutShowingIt() {
    var tracking = MlflowTracking.to(URI.create("http://localhost"), "fraud");
    assertThatThrownBy(() -> tracking.header("Authorization", "Bearer secret\n"))
        .isInstanceOf(UserException.class)
        .hasNoCause()
        .hasMessage(
            "The header 'Authorization' or its value is not allowed in a request; leave out line"
                + " breaks.");
  }
}

package dev.gradus.mlflow;

import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A run on the server, from one start of a training to its end. */
final class TrackedRun implements AutoCloseable {
  private static final Duration RHYTHM = Duration.ofSeconds(1);

  private final MlflowTracking settings;
  private final TrackingServer server;
  private final Outbox outbox;
  private final boolean goesOn;
  private final long began = System.currentTimeMillis();
  private @Nullable String identifier;
  private boolean parametersTold;

  TrackedRun(MlflowTracking settings, boolean goesOn) {
    this.settings = settings;
    this.goesOn = goesOn;
    server = new TrackingServer(settings.address, settings.headers, settings.deadline);
    outbox = new Outbox(this::send, RHYTHM);
  }

  void tell(long step, Map<String, Double> values) {
    long now = System.currentTimeMillis();
    var metrics = new ArrayList<Metric>();
    values.forEach((name, value) -> metrics.add(new Metric(name, value, step, now)));
    outbox.add(metrics);
  }

  void end(String status) {
    outbox.finish(
        _ -> server.end(identifier(), status, System.currentTimeMillis()), settings.deadline);
  }

  private void send(List<Metric> metrics) throws IOException {
    var run = identifier();
    if (!metrics.isEmpty()) {
      server.logMetrics(run, metrics);
    }
    if (!parametersTold && !settings.parameters.isEmpty()) {
      tellParameters(run);
    }
  }

  /** Parameters that the server refuses are not told again. */
  private void tellParameters(String run) throws IOException {
    try {
      server.logParameters(run, settings.parameters);
      parametersTold = true;
    } catch (RefusedException refused) {
      parametersTold = true;
      throw refused;
    }
  }

  private String identifier() throws IOException {
    var known = identifier;
    if (known != null) {
      return known;
    }
    var file = settings.runFile;
    var found =
        goesOn && file != null && Files.exists(file) ? takenUp(Files.readString(file)) : created();
    identifier = found;
    return found;
  }

  private String takenUp(String earlier) throws IOException {
    server.update(earlier.strip(), "RUNNING");
    return earlier.strip();
  }

  private String created() throws IOException {
    var experiment = server.experiment(settings.experiment);
    var made = server.createRun(experiment, settings.runName, began);
    identifier = made;
    if (settings.runFile != null) {
      Files.writeString(settings.runFile, made);
    }
    return made;
  }

  @Override
  public void close() {
    outbox.close();
    server.close();
  }
}

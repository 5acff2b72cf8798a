package dev.gradus.micrometer;

import dev.gradus.djl.TrainingEvent;
import dev.gradus.djl.TrainingListener;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Shows a training as meters of a registry.
 *
 * <pre>{@code
 * training.listener(new TrainingMeters(registry, Tags.of("model", "fraud")));
 * }</pre>
 *
 * <table>
 *   <caption>The meters</caption>
 *   <tr><th>name</th><th>what it is</th></tr>
 *   <tr><td>{@code gradus.training.loss}</td><td>gauge: the mean loss of the latest batch</td></tr>
 *   <tr><td>{@code gradus.training.learning.rate}</td><td>gauge: that of the latest step</td></tr>
 *   <tr><td>{@code gradus.training.examples.per.second}</td><td>gauge: the speed of late</td></tr>
 *   <tr><td>{@code gradus.training.epoch}</td><td>gauge: whole epochs so far</td></tr>
 *   <tr><td>{@code gradus.training.progress}</td><td>gauge: steps made ÷ steps planned, in [0,
 *       1]</td></tr>
 *   <tr><td>{@code gradus.training.step}</td><td>timer: the time from the end of one step to that of
 *       the next, without validation and checkpoints; not that of the first</td></tr>
 *   <tr><td>{@code gradus.training.skipped}</td><td>counter: steps left out because something was not
 *       finite</td></tr>
 *   <tr><td>{@code gradus.training.checkpoint}</td><td>timer: how long training waited for
 *       checkpoints</td></tr>
 *   <tr><td>{@code gradus.training.epoch.loss}</td><td>gauge: the training loss of the latest
 *       epoch</td></tr>
 *   <tr><td>{@code gradus.validation}</td><td>gauge for each metric, in the tag {@code metric}: its
 *       value after the latest epoch</td></tr>
 * </table>
 *
 * <p>Gauges are not a number before there is a value. Two trainings in one registry at the same
 * time need tags that tell them apart. {@link #close()} takes the meters out of the registry.
 */
public final class TrainingMeters implements TrainingListener, AutoCloseable {
  private static final String PREFIX = "gradus.training.";
  private static final String LOSS = PREFIX + "loss";
  private static final String LEARNING_RATE = PREFIX + "learning.rate";
  private static final String SPEED = PREFIX + "examples.per.second";
  private static final String EPOCH = PREFIX + "epoch";
  private static final String PROGRESS = PREFIX + "progress";
  private static final String EPOCH_LOSS = PREFIX + "epoch.loss";
  private static final String VALIDATION = "gradus.validation";

  private final MeterRegistry registry;
  private final Tags tags;
  private final Map<String, Double> values = new ConcurrentHashMap<>();
  private final List<Meter> meters = new ArrayList<>();
  private final Timer step;
  private final Timer checkpoint;
  private final Counter skipped;
  private double totalSteps = Double.NaN;
  private @Nullable Duration latest;

  /**
   * Registers the meters.
   *
   * @param registry the program's registry
   */
  public TrainingMeters(MeterRegistry registry) {
    this(registry, Tags.empty());
  }

  /**
   * Registers the meters with tags.
   *
   * @param registry the program's registry
   * @param tags what every meter has, such as the name of the model
   */
  public TrainingMeters(MeterRegistry registry, Tags tags) {
    this.registry = registry;
    this.tags = tags;
    List.of(LOSS, LEARNING_RATE, SPEED, EPOCH, PROGRESS, EPOCH_LOSS)
        .forEach(name -> gauge(name, name, tags));
    step = kept(registry.timer(PREFIX + "step", tags));
    checkpoint = kept(registry.timer(PREFIX + "checkpoint", tags));
    skipped = kept(registry.counter(PREFIX + "skipped", tags));
  }

  private void gauge(String name, String key, Tags all) {
    kept(
        Gauge.builder(name, values, map -> map.getOrDefault(key, Double.NaN))
            .tags(all)
            .strongReference(true)
            .register(registry));
  }

  private <M extends Meter> M kept(M meter) {
    meters.add(meter);
    return meter;
  }

  @Override
  public void on(TrainingEvent event) {
    switch (event) {
      case TrainingEvent.Started started -> start(started);
      case TrainingEvent.StepDone done -> show(done);
      case TrainingEvent.StepSkipped left -> show(left);
      case TrainingEvent.EpochDone done -> show(done);
      case TrainingEvent.CheckpointWritten written -> show(written);
      case TrainingEvent.InstancesLearned _,
          TrainingEvent.Noticed _,
          TrainingEvent.Exchanged _,
          TrainingEvent.Ended _ -> {}
    }
  }

  private void start(TrainingEvent.Started started) {
    totalSteps = started.totalSteps();
    latest = null;
  }

  private void show(TrainingEvent.StepSkipped left) {
    skipped.increment();
    latest = left.elapsed();
  }

  private void show(TrainingEvent.CheckpointWritten written) {
    checkpoint.record(written.duration());
    latest = latest == null ? null : latest.plus(written.duration());
  }

  private void show(TrainingEvent.StepDone done) {
    if (latest != null) {
      step.record(done.elapsed().minus(latest));
    }
    latest = done.elapsed();
    values.put(LOSS, done.loss());
    values.put(LEARNING_RATE, done.learningRate());
    values.put(SPEED, done.examplesPerSecond());
    values.put(EPOCH, (double) done.epoch());
    values.put(PROGRESS, (done.step() + 1) / totalSteps);
  }

  private void show(TrainingEvent.EpochDone done) {
    latest = done.elapsed();
    values.put(EPOCH, done.epoch() + 1.0);
    values.put(EPOCH_LOSS, done.trainLoss());
    done.validation().forEach(this::showValidation);
  }

  private void showValidation(String metric, double value) {
    var key = VALIDATION + "." + metric;
    if (values.put(key, value) == null) {
      gauge(VALIDATION, key, tags.and("metric", metric));
    }
  }

  /** Takes the meters out of the registry. */
  @Override
  public void close() {
    meters.forEach(registry::remove);
    meters.clear();
  }
}

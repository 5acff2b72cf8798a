package dev.gradus.cli;

import dev.gradus.djl.OnNotFinite;
import dev.gradus.djl.TrainingEvent;
import dev.gradus.djl.TrainingListener;
import dev.gradus.djl.data.DataSet;
import java.util.function.LongSupplier;

/** Trains for a moment, to tell how long an epoch takes. Nothing is written. */
final class SpeedProbe implements TrainingListener {
  private static final long WARM_NANOS = 1_000_000_000L;
  private static final long OVER_NANOS = 2_000_000_000L;

  private final LongSupplier nanos;
  private long began;
  private double stepsPerEpoch;
  private long steps;
  private long from;
  private long stepsBefore;

  SpeedProbe(LongSupplier nanos) {
    this.nanos = nanos;
    began = nanos.getAsLong();
    from = began;
  }

  /**
   * The seconds that an epoch takes.
   *
   * @param settings those of the run, complete
   * @param data what it sees, without test examples
   */
  static double secondsPerEpoch(FilledSettings settings, DataSet data) {
    var probe = new SpeedProbe(System::nanoTime);
    var train = settings.train();
    try (var network = train.network(data)) {
      train
          .training(network, data)
          .onNotFinite(OnNotFinite.SKIP)
          .listener(probe)
          .stopWhen(probe::isOver)
          .run();
    }
    return probe.secondsPerEpoch();
  }

  boolean isOver() {
    return nanos.getAsLong() - began > OVER_NANOS;
  }

  /** The first steps are slower than the rest, so those of the second half count, if there are. */
  double secondsPerEpoch() {
    boolean warm = steps > stepsBefore;
    double seconds = (nanos.getAsLong() - (warm ? from : began)) / 1e9;
    return stepsPerEpoch * seconds / Math.max(1, warm ? steps - stepsBefore : steps);
  }

  @Override
  public void on(TrainingEvent event) {
    switch (event) {
      case TrainingEvent.Started started -> begin(started);
      case TrainingEvent.StepDone _, TrainingEvent.StepSkipped _ -> count();
      default -> {}
    }
  }

  private void begin(TrainingEvent.Started started) {
    began = nanos.getAsLong();
    from = began;
    stepsPerEpoch = (double) started.totalSteps() / started.epochs();
  }

  private void count() {
    steps++;
    if (from == began && nanos.getAsLong() - began > WARM_NANOS) {
      from = nanos.getAsLong();
      stepsBefore = steps;
    }
  }
}

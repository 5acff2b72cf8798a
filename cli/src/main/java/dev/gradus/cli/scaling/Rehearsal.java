package dev.gradus.cli.scaling;

import dev.gradus.UserException;
import dev.gradus.cli.scaling.Rehearsed.Scheme;
import dev.gradus.compress.Compressor;
import dev.gradus.compress.Dense;
import dev.gradus.djl.Network;
import dev.gradus.djl.OnNotFinite;
import dev.gradus.djl.Training;
import dev.gradus.djl.TrainingEvent;
import dev.gradus.djl.TrainingListener;
import dev.gradus.exchange.LocalTransport;
import dev.gradus.scaling.Work;
import java.lang.foreign.Arena;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/**
 * Some steps of a network on this machine, by the only worker of a team. Every scheme packs the
 * gradients of every step, which are then taken as they are; the time of packing does not count as
 * the step's. What is packed lies in memory without an owner: the JVM's compiler learns from all
 * loops over memory how all later ones are best compiled, also those of the training to come.
 */
public final class Rehearsal {
  private static final Duration DEADLINE = Duration.ofMinutes(1);
  private static final double NANOS = 1e9;
  private static final double NORMAL_QUARTILES = 1.349;

  private static final int FEWEST = 3;
  private static final int WITHOUT_END = 1_000_000;

  private final Length length;
  private final long end;
  private final WarmUp warmUp;
  private final GradientMeter meter;
  private final Timing times = new Timing();
  private int made;
  private long measured;
  private long last = System.nanoTime();

  /**
   * How long a rehearsal is.
   *
   * @param steps how many steps are measured at least, 1 or more; before them go a quarter more,
   *     and as many as it takes until the JVM has compiled most of what they run
   * @param shortest for how long they are measured at least, since a machine may be slower for a
   *     moment
   * @param longest behind this time no more steps are made, if a few have been measured
   */
  public record Length(int steps, Duration shortest, Duration longest) {

    /** Whether so many measured steps are enough, which took so long together. */
    boolean isReached(int measured, Duration time) {
      return measured >= steps && time.compareTo(shortest) >= 0;
    }
  }

  private Rehearsal(List<Compressor> compressors, Length length, Arena arena) {
    this.length = length;
    warmUp = new WarmUp(FEWEST + length.steps() / 4, length.longest());
    end = System.nanoTime() + length.longest().toNanos();
    meter = new GradientMeter(compressors, arena);
  }

  /**
   * Makes some steps.
   *
   * @param training a description with network, data, rules and the batch of one worker; its epochs
   *     and workers are set here
   * @param network the network of the training
   * @param compressors the schemes to measure, beside the dense one
   * @param length how many steps, and for how long
   * @return times and sizes
   * @throws UserException if no step could be made
   */
  public static Rehearsed of(
      Training training, Network network, List<Compressor> compressors, Length length) {
    var all = Stream.concat(Stream.of(new Dense()), compressors.stream()).distinct().toList();
    try (var arena = Arena.ofShared()) {
      var rehearsal = new Rehearsal(all, length, arena);
      training
          .epochs(WITHOUT_END)
          .onNotFinite(OnNotFinite.SKIP)
          .workers(LocalTransport.team(1, DEADLINE).getFirst(), rehearsal.meter)
          .listener(rehearsal.listener())
          .stopWhen(rehearsal::isOver)
          .run();
      return rehearsal.rehearsed(network);
    }
  }

  private boolean isOver() {
    return length.isReached(times.count(), Duration.ofNanos(measured))
        || (times.count() >= FEWEST && System.nanoTime() - end > 0);
  }

  private TrainingListener listener() {
    return event -> {
      if (event instanceof TrainingEvent.StepDone || event instanceof TrainingEvent.StepSkipped) {
        long now = System.nanoTime();
        if (meter.counts()) {
          measured += now - last;
          times.add((now - last - meter.spent()) / NANOS);
        }
        last = now;
        made++;
        meter.next(warmUp.isOver(made));
      }
    };
  }

  private Rehearsed rehearsed(Network network) {
    if (times.count() == 0) {
      throw new UserException(
          "No step of the rehearsal could be measured: the loss was not finite in any.");
    }
    double spread = Math.log(times.quantile(0.75) / times.quantile(0.25)) / NORMAL_QUARTILES;
    return new Rehearsed(
        meter.schemes().stream()
            .map(
                scheme ->
                    new Scheme(
                        scheme.compressor().toString(),
                        new Work(times.median(), spread, scheme.loads(network.trained()))))
            .toList());
  }
}

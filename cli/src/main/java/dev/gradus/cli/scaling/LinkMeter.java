package dev.gradus.cli.scaling;

import dev.gradus.exchange.Collectives;
import dev.gradus.scaling.Link;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.time.Duration;

/** Measures what connects the workers of a team. */
final class LinkMeter {
  private static final int FEW = 1 << 4;
  private static final int MANY = 1 << 20;
  private static final int FEWEST_ROUNDS = 7;
  private static final double NANOS = 1e9;

  private final Collectives collectives;
  private final Duration window;

  /**
   * A meter of one worker.
   *
   * @param collectives to the others
   * @param window how long bytes of either number go to and fro: long enough for the JVM to compile
   *     what sends them, which makes the first rounds several times as long as later ones
   */
  LinkMeter(Collectives collectives, Duration window) {
    this.collectives = collectives;
    this.window = window;
  }

  /** What everyone's few and everyone's many bytes take to everyone; all workers call it. */
  Link measure(int workers) {
    try (var arena = Arena.ofShared()) {
      double few = seconds(arena.allocate(FEW));
      double many = seconds(arena.allocate(MANY));
      return Link.measured(workers, few, MANY - FEW, many);
    }
  }

  /**
   * A worker that begins its rounds before the others waits for them in each, and they don't wait
   * for it; together they wait as long as if all began at once.
   */
  private double seconds(MemorySegment bytes) {
    var times = new Timing();
    long end = System.nanoTime() + window.toNanos();
    while (!isEnough(times.count() >= FEWEST_ROUNDS && System.nanoTime() - end > 0)) {
      long start = System.nanoTime();
      collectives.allGather(bytes);
      times.add((System.nanoTime() - start) / NANOS);
    }
    return Everyone.mean(times.laterHalf().median(), collectives);
  }

  /** Whether it is for worker 0, told to all behind the same round, which then begin the next. */
  private boolean isEnough(boolean own) {
    var answer = MemorySegment.ofArray(new byte[] {(byte) (own ? 1 : 0)});
    return collectives.allGather(answer).getFirst().get(ValueLayout.JAVA_BYTE, 0) != 0;
  }
}

package dev.gradus.cli.scaling;

import java.lang.management.CompilationMXBean;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The first steps of a JVM, which take longer than all later ones: until its compiler, which also
 * takes time from them, has little left to do.
 */
final class WarmUp {
  /** Longer than the compiler takes for the largest method, whose time it tells at the end. */
  private static final Duration WINDOW = Duration.ofSeconds(3);

  private static final Duration ENOUGH = Duration.ofSeconds(30);
  private static final double CALM = 0.1;

  private final @Nullable CompilationMXBean compiler = ManagementFactory.getCompilationMXBean();
  private final int fewest;
  private final long end;
  private long windowStart = System.nanoTime();
  private long compiledBefore = compiled();
  private boolean over;

  /**
   * Begins now.
   *
   * @param fewest how many steps it has at least
   * @param longest how long it and all that comes behind it may take
   */
  WarmUp(int fewest, Duration longest) {
    this.fewest = fewest;
    end = System.nanoTime() + Math.min(ENOUGH.toNanos(), longest.toNanos() / 4 * 3);
  }

  /** Whether the next step is like all later ones, behind so many. */
  boolean isOver(int made) {
    over = over || (made >= fewest && (isCalm() || System.nanoTime() - end > 0));
    return over;
  }

  /** Whether less than a tenth of the last window was spent on compiling. */
  private boolean isCalm() {
    long passed = System.nanoTime() - windowStart;
    if (passed < WINDOW.toNanos()) {
      return false;
    }
    long now = compiled();
    boolean calm = TimeUnit.MILLISECONDS.toNanos(now - compiledBefore) < CALM * passed;
    windowStart += passed;
    compiledBefore = now;
    return calm;
  }

  private long compiled() {
    return compiler == null || !compiler.isCompilationTimeMonitoringSupported()
        ? 0
        : compiler.getTotalCompilationTime();
  }
}

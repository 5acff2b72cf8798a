package dev.gradus.cli;

import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.IntConsumer;
import org.jline.utils.Signals;

/**
 * Ctrl-C and the system's request to end: the first asks the run to stop, a second ends the
 * program, and so does a run that has not stopped in time.
 */
final class Interruption implements AutoCloseable {
  private static final Duration DEADLINE = Duration.ofSeconds(60);
  private static final Map<String, Integer> NUMBERS = new TreeMap<>(Map.of("INT", 2, "TERM", 15));
  private static final int SIGNALLED = 128;

  private final Console console;
  private final IntConsumer halt;
  private final Map<String, Object> previous = new TreeMap<>();
  private volatile int exitCode;

  Interruption(Console console, IntConsumer halt) {
    this.console = console;
    this.halt = halt;
  }

  /** Hears the signals until it is closed. */
  static Interruption listen(Console console) {
    var interruption = new Interruption(console, Runtime.getRuntime()::halt);
    NUMBERS.forEach(
        (name, number) ->
            interruption.previous.put(
                name, Signals.register(name, () -> interruption.signal(number))));
    return interruption;
  }

  void signal(int number) {
    if (isRequested()) {
      halt.accept(exitCode);
      return;
    }
    exitCode = SIGNALLED + number;
    console.note("Ending after this step, with a checkpoint; once more ends at once.");
    Thread.ofVirtual().start(this::enforceDeadline);
  }

  private void enforceDeadline() {
    try {
      Thread.sleep(DEADLINE);
      console.note("The run did not stop within " + DEADLINE.toSeconds() + " seconds; ending.");
    } catch (InterruptedException neverSent) {
      Thread.currentThread().interrupt();
    }
    halt.accept(exitCode);
  }

  boolean isRequested() {
    return exitCode != 0;
  }

  /** What the shell expects of a program that a signal has ended. */
  int exitCode() {
    return exitCode;
  }

  @Override
  public void close() {
    previous.forEach(Signals::unregister);
  }
}

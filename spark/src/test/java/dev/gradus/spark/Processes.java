package dev.gradus.spark;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/** What tests do to processes. */
final class Processes {
  private Processes() {}

  /** Ends by force, when this process ends, all that it has started: frozen ones, too. */
  static void endWithThisOne() {
    Runtime.getRuntime().addShutdownHook(new Thread(Processes::endDescendants));
  }

  private static void endDescendants() {
    ProcessHandle.current().descendants().forEach(ProcessHandle::destroyForcibly);
  }

  static void signal(String signal, long process) {
    run("kill", signal, Long.toString(process));
  }

  /** Lets nothing pass between two machines of {@code build/two-machines.sh} for a while. */
  static void part(String machines, Duration time) {
    run("ip", "-n", machines + "-2", "link", "set", "wire", "down");
    Thread.startVirtualThread(
        () -> {
          sleep(time);
          run("ip", "-n", machines + "-2", "link", "set", "wire", "up");
        });
  }

  /** Writes a file until there is no room any more. */
  static void fill(Path file) {
    try (var out = Files.newOutputStream(file)) {
      while (true) {
        out.write(new byte[1 << 10]);
      }
    } catch (IOException _) {
      // The disk is full now.
    }
  }

  static void run(String... command) {
    try {
      new ProcessBuilder(command).inheritIO().start().waitFor();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  /** Waits until a signal has ended or stopped a process, as Linux tells. */
  static void awaitSignalled(long process, Duration deadline) {
    long end = System.nanoTime() + deadline.toNanos();
    while (runs(process) && System.nanoTime() < end) {
      sleep(Duration.ofMillis(10));
    }
  }

  private static boolean runs(long process) {
    try {
      var state = Files.readString(Path.of("/proc", Long.toString(process), "stat"));
      return !state.contains(") T ") && !state.contains(") Z ");
    } catch (IOException gone) {
      return false;
    }
  }

  static void sleep(Duration time) {
    try {
      Thread.sleep(time);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  /** The file is there as a whole or not at all. */
  static void write(String file, String text) {
    try {
      var part = Files.writeString(Path.of(file + ".part"), text);
      Files.move(part, Path.of(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What another process writes to a file, or nothing if it doesn't in time. */
  static String awaitText(String file, Duration deadline) {
    long end = System.nanoTime() + deadline.toNanos();
    while (!Files.exists(Path.of(file)) && System.nanoTime() < end) {
      sleep(Duration.ofMillis(50));
    }
    try {
      return Files.exists(Path.of(file)) ? Files.readString(Path.of(file)) : "";
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

package dev.gradus.cli;

import dev.gradus.cli.run.RunFiles;
import dev.gradus.djl.telemetry.Metrics;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** A command in a process of its own. */
final class GradusProcess implements AutoCloseable {
  private static final long DEADLINE_SECONDS = 120;
  private static final long PAUSE_MILLISECONDS = 20;

  private final Process process;
  private final Path output;

  private GradusProcess(Process process, Path output) {
    this.process = process;
    this.output = output;
  }

  static GradusProcess start(Path output, List<String> arguments) throws IOException {
    var command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--add-modules",
                "jdk.incubator.vector",
                "--enable-native-access=ALL-UNNAMED",
                "-Dai.djl.offline=true",
                "-cp",
                System.getProperty("java.class.path"),
                Gradus.class.getName()));
    command.addAll(arguments);
    var started =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile());
    return new GradusProcess(started.start(), output);
  }

  /** Waits until the run has made some steps. */
  void awaitSteps(RunFiles files, long steps) throws InterruptedException {
    await(() -> stepsOf(files) >= steps);
  }

  /** Waits until something is so, or the process has ended. */
  void await(BooleanSupplier condition) throws InterruptedException {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(DEADLINE_SECONDS);
    while (process.isAlive() && System.nanoTime() < end && !condition.getAsBoolean()) {
      Thread.sleep(PAUSE_MILLISECONDS);
    }
  }

  private static long stepsOf(RunFiles files) {
    var metrics = Metrics.read(files.metrics());
    return metrics.isEmpty() ? 0 : metrics.getLast().step();
  }

  /** Sends what Ctrl-C sends. */
  void interrupt() throws IOException, InterruptedException {
    new ProcessBuilder("kill", "-INT", Long.toString(process.pid())).start().waitFor();
  }

  int exitCode() throws InterruptedException {
    if (!process.waitFor(DEADLINE_SECONDS, TimeUnit.SECONDS)) {
      throw new IllegalStateException("The process did not end.");
    }
    return process.exitValue();
  }

  String output() throws IOException {
    return Files.readString(output, StandardCharsets.UTF_8);
  }

  long pid() {
    return process.pid();
  }

  @Override
  public void close() {
    process.destroyForcibly().onExit().join();
  }
}

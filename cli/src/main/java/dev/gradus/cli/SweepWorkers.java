package dev.gradus.cli;

import dev.gradus.UserException;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The other processes that work on a sweep. Closing them asks each to stop, and waits for that. */
final class SweepWorkers implements AutoCloseable {
  private static final long DEADLINE_SECONDS = 60;

  private final List<Process> processes = new ArrayList<>();

  /** Starts so many. */
  static SweepWorkers start(int number, Path file, Path folder) {
    var workers = new SweepWorkers();
    try {
      for (int i = 0; i < number; i++) {
        workers.processes.add(process(file, folder));
      }
      return workers;
    } catch (IOException failure) {
      workers.close();
      throw new UserException("Another process cannot be started; go on with --jobs 1.", failure);
    }
  }

  private static Process process(Path file, Path folder) throws IOException {
    var command = new ArrayList<String>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.addAll(List.of(SweepWorker.class.getName(), file.toString(), folder.toString()));
    return new ProcessBuilder(command)
        .redirectOutput(Redirect.DISCARD)
        .redirectError(Redirect.INHERIT)
        .start();
  }

  @Override
  public void close() {
    for (var process : processes) {
      try {
        process.getOutputStream().close();
      } catch (IOException ended) {
        process.destroy();
      }
    }
    processes.forEach(SweepWorkers::await);
  }

  private static void await(Process process) {
    try {
      if (!process.waitFor(DEADLINE_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException stopped) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}

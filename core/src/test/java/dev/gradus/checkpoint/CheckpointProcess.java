package dev.gradus.checkpoint;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.file.Path;

/**
 * A program of its own that uses a folder until it is killed or its input ends. It says {@code
 * held} when it has the folder, and then, if told to write, each step that is on the disk.
 */
final class CheckpointProcess implements AutoCloseable {
  private static final int FLOATS = 1 << 18;
  private static final int MOST_STEPS = 1000;

  private final Process process;
  private final BufferedReader output;

  private CheckpointProcess(Process process) {
    this.process = process;
    output = process.inputReader(UTF_8);
  }

  public static void main(String[] arguments) throws IOException {
    try (var checkpoints = CheckpointFolder.open(Path.of(arguments[1]), Retention.STANDARD)) {
      IO.println("held");
      if (arguments[0].equals("write")) {
        write(checkpoints);
      }
      while (System.in.read() >= 0) {}
    } catch (CheckpointException refused) {
      IO.println(refused.getMessage());
    }
  }

  private static void write(CheckpointFolder checkpoints) throws IOException {
    long begin;
    try (var arena = Arena.ofConfined()) {
      begin = checkpoints.newest(arena, IO::println).map(StoredCheckpoint::step).orElse(0L);
    }
    for (long step = begin + 1; step <= begin + MOST_STEPS; step++) {
      checkpoints.write(Samples.of(step, FLOATS), step);
      IO.println(step);
    }
  }

  static CheckpointProcess start(String task, Path folder) throws IOException {
    var started =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                CheckpointProcess.class.getName(),
                task,
                folder.toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    return new CheckpointProcess(started);
  }

  String nextLine() throws IOException {
    return String.valueOf(output.readLine());
  }

  long pid() {
    return process.pid();
  }

  /** Ends the process as {@code kill -9} does, and returns the last line it had said. */
  String kill(String lastLine) throws IOException, InterruptedException {
    process.toHandle().destroyForcibly();
    process.waitFor();
    return output.lines().reduce(lastLine, (_, later) -> later);
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}

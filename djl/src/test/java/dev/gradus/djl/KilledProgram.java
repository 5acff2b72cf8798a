package dev.gradus.djl;

import dev.gradus.Group;
import dev.gradus.Rules;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A DJL program in a process of its own, which saves after every step and can be killed. */
final class KilledProgram {
  static final int STEPS = 60;

  private static final int DEADLINE_IN_SECONDS = 120;

  private KilledProgram() {}

  /**
   * Trains, going on where the folder's last checkpoint is, and writes the weights.
   *
   * @param args the folder of checkpoints, the file of the final weights, and the step from which
   *     on it has to go on at least
   * @throws IOException if the weights can't be written
   */
  public static void main(String[] args) throws IOException {
    var rules = Rules.parse("clip-norm(0.5) | adamp | decay(0.01) | lookahead(3)");
    var made = new TrainerOptimizer[1];
    try (var program =
        new MlpProgram(
            model ->
                made[0] =
                    TrainerOptimizer.of(model).group(Group.all(rules, 1e-3)).threads(1).build())) {
      made[0].resume(Path.of(args[0]));
      if (made[0].optimizer().steps() < Integer.parseInt(args[2])) {
        throw new IllegalStateException("Steps are lost");
      }
      for (int step = (int) made[0].optimizer().steps(); step < STEPS; step++) {
        program.run(step, 1);
        made[0].save(Path.of(args[0]));
      }
      write(program.weights(), Path.of(args[1]));
    }
  }

  private static void write(List<float[]> weights, Path file) throws IOException {
    int count = weights.stream().mapToInt(array -> array.length).sum();
    ByteBuffer bytes = ByteBuffer.allocate(count * Float.BYTES);
    weights.forEach(
        array -> {
          bytes.asFloatBuffer().put(array);
          bytes.position(bytes.position() + array.length * Float.BYTES);
        });
    Files.write(file, bytes.array());
  }

  /** Starts the program in a process. */
  static Process start(Path folder, Path weights, int first) throws IOException {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "--add-modules",
            "jdk.incubator.vector",
            "--enable-native-access=ALL-UNNAMED",
            "-cp",
            System.getProperty("java.class.path"),
            KilledProgram.class.getName(),
            folder.toString(),
            weights.toString(),
            Integer.toString(first))
        .redirectError(Redirect.DISCARD)
        .redirectOutput(Redirect.DISCARD)
        .start();
  }

  /** Waits for the end of a process and returns its exit code. */
  static int end(Process process) throws InterruptedException {
    if (!process.waitFor(DEADLINE_IN_SECONDS, TimeUnit.SECONDS)) {
      process.destroyForcibly();
      throw new IllegalStateException("The program does not end");
    }
    return process.exitValue();
  }
}

package dev.gradus.cli;

import dev.gradus.UserException;
import dev.gradus.cli.run.RunFiles;
import dev.gradus.cli.run.RunLog;
import dev.gradus.cli.sweep.ResultFolder;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import java.util.logging.Level;

/**
 * A process that makes runs of a sweep beside the one that the user started. A process of its own,
 * because PyTorch records gradients and draws dropout for a whole process, so two trainings in one
 * would meet in both. It stops when its standard input ends, which it does also if the other dies.
 */
final class SweepWorker {
  private SweepWorker() {}

  public static void main(String[] arguments) {
    var silent =
        new Console(
            new PrintWriter(Writer.nullWriter()), new PrintWriter(Writer.nullWriter()), false);
    var folder = Path.of(arguments[1]);
    try (var log = RunLog.install(_ -> {}, Level.WARNING);
        var interruption = Interruption.listen(silent)) {
      log.writeTo(new RunFiles(folder));
      work(Path.of(arguments[0]), folder, silent, whenEnded(System.in, interruption));
    } catch (UserException mistake) {
      System.err.println("gradus: " + mistake.getMessage());
      System.exit(Gradus.USER_MISTAKE);
    }
    System.exit(Gradus.OK);
  }

  private static void work(Path file, Path folder, Console console, BooleanSupplier stop) {
    var runs = new SweepRuns(SweepFile.read(file), new SweepData(console), new EpochTimes(folder));
    var training = new SweepTraining(runs, _ -> {}, stop);
    new SweepWork(runs.plan(), new ResultFolder(folder), training, (_, _) -> {}, stop).run();
  }

  private static BooleanSupplier whenEnded(InputStream input, Interruption interruption) {
    var ended = new AtomicBoolean();
    Thread.ofPlatform()
        .daemon()
        .start(
            () -> {
              try {
                input.transferTo(OutputStream.nullOutputStream());
              } catch (IOException broken) {
                Thread.currentThread().interrupt();
              }
              ended.set(true);
            });
    return () -> ended.get() || interruption.isRequested();
  }
}

package dev.gradus.bench.layerwise;

import dev.gradus.bench.layerwise.LayerwiseRun.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.function.Supplier;

/** A folder with a file for each finished run, named by its conditions. */
record LayerwiseResults(Path folder) {
  private static final String COLUMNS = "iteration,validation,test,seconds";
  private static final double MILLIS = 1e3;

  /** What came of a run, made now if it has no file. */
  Outcome of(String conditions, Supplier<Outcome> run) throws IOException {
    var file = folder.resolve(conditions + ".csv");
    if (Files.notExists(file)) {
      var whole = Files.writeString(folder.resolve(conditions + ".part"), text(run.get()));
      Files.move(whole, file, StandardCopyOption.ATOMIC_MOVE);
    }
    return read(file);
  }

  private static String text(Outcome outcome) {
    return "%s%n%d,%s,%s,%s%n"
        .formatted(
            COLUMNS,
            outcome.iteration(),
            outcome.validation(),
            outcome.test(),
            outcome.time().toMillis() / MILLIS);
  }

  private static Outcome read(Path file) throws IOException {
    var lines = Files.readAllLines(file);
    if (lines.size() != 2 || !lines.getFirst().equals(COLUMNS)) {
      throw new IOException("%s is no result of a run; delete it.".formatted(file));
    }
    var cells = lines.getLast().split(",", -1);
    return new Outcome(
        Integer.parseInt(cells[0]),
        Double.parseDouble(cells[1]),
        Double.parseDouble(cells[2]),
        Duration.ofMillis(Math.round(Double.parseDouble(cells[3]) * MILLIS)));
  }
}

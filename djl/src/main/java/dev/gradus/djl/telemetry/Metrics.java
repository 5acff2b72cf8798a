package dev.gradus.djl.telemetry;

import dev.gradus.UserException;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * A file of measurements, one JSON object a line, from the first to the last that is whole; {@link
 * MetricsLog} writes it.
 */
public final class Metrics {
  private Metrics() {}

  /**
   * A whole line.
   *
   * @param measurement what it says
   * @param bytes how long it is
   */
  record Line(Measurement measurement, int bytes) {}

  /**
   * Reads what a run has measured so far.
   *
   * @param file where a run, which may be going on, writes
   * @return the measurements in order; none if there is no file
   * @throws dev.gradus.UserException if the file cannot be read
   */
  public static List<Measurement> read(Path file) {
    var all = new ArrayList<Measurement>();
    forEach(file, line -> all.add(line.measurement()));
    return all;
  }

  static void forEach(Path file, Consumer<Line> consumer) {
    if (!Files.exists(file)) {
      return;
    }
    try (var input = new BufferedInputStream(Files.newInputStream(file))) {
      for (var line = next(input); line.isPresent(); line = next(input)) {
        consumer.accept(line.get());
      }
    } catch (IOException failure) {
      throw new UserException(
          "Cannot read '%s': %s.".formatted(file, failure.getMessage()), failure);
    }
  }

  /** Nothing at the end, and where a crash has left half a line. */
  private static Optional<Line> next(InputStream input) throws IOException {
    var bytes = nextBytes(input);
    return MeasurementJson.parse(new String(bytes, StandardCharsets.UTF_8))
        .map(measurement -> new Line(measurement, bytes.length));
  }

  private static byte[] nextBytes(InputStream input) throws IOException {
    var line = new ByteArrayOutputStream();
    for (int next = input.read(); next >= 0; next = input.read()) {
      line.write(next);
      if (next == '\n') {
        return line.toByteArray();
      }
    }
    return new byte[0];
  }
}

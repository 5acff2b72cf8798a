package dev.gradus.djl.telemetry;

import dev.gradus.UserException;
import dev.gradus.djl.TrainingEvent;
import dev.gradus.djl.TrainingListener;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.SequencedMap;
import java.util.SequencedSet;
import java.util.stream.Collectors;

/**
 * Keeps a table of a training's epochs as a CSV file with a header: {@code epoch}, {@code step}
 * (steps so far), {@code seconds} (of training, over all sessions), {@code learningRate} (in the
 * epoch's last step), {@code trainLoss}, {@code best} (whether it was the best so far) and {@code
 * validation.…} for every validation metric. Epochs and steps count from 1; what was not measured
 * is empty.
 *
 * <p>The file is replaced as a whole after every epoch. A resumed run keeps the rows of the epochs
 * before.
 */
public final class EpochTable implements TrainingListener {
  private static final String SEPARATOR = ",";
  private static final String STEP = "step";
  private static final String SECONDS = "seconds";
  private static final double NANOS = 1e9;

  private final Path file;
  private final List<SequencedMap<String, String>> rows = new ArrayList<>();
  private double secondsBefore;
  private double learningRate = Double.NaN;

  /**
   * Writes to a file, after every epoch.
   *
   * @param file created if it does not exist, with its folder; usually called {@code epochs.csv}
   */
  public EpochTable(Path file) {
    this.file = file;
  }

  /**
   * {@inheritDoc}
   *
   * @throws UserException if the file cannot be read or written
   */
  @Override
  public void on(TrainingEvent event) {
    switch (event) {
      case TrainingEvent.Started started -> begin(started.step());
      case TrainingEvent.StepDone done -> learningRate = done.learningRate();
      case TrainingEvent.EpochDone done -> {
        rows.removeIf(row -> number(row, STEP) >= done.step());
        rows.add(row(done));
        write();
      }
      default -> {}
    }
  }

  private void begin(long step) {
    rows.clear();
    if (Files.exists(file)) {
      read();
    }
    rows.removeIf(row -> number(row, STEP) > step);
    secondsBefore = rows.isEmpty() ? 0 : number(rows.getLast(), SECONDS);
  }

  private SequencedMap<String, String> row(TrainingEvent.EpochDone done) {
    var row = new LinkedHashMap<String, String>();
    row.put("epoch", Long.toString(done.epoch() + 1));
    row.put(STEP, Long.toString(done.step()));
    row.put(SECONDS, Double.toString(secondsBefore + done.elapsed().toNanos() / NANOS));
    row.put("learningRate", Double.toString(learningRate));
    row.put("trainLoss", Double.toString(done.trainLoss()));
    row.put("best", Boolean.toString(done.best()));
    done.validation()
        .forEach((metric, value) -> row.put("validation." + metric, Double.toString(value)));
    return row;
  }

  private static double number(SequencedMap<String, String> row, String column) {
    return Double.parseDouble(row.getOrDefault(column, "NaN"));
  }

  private SequencedSet<String> columns() {
    var columns = new LinkedHashSet<String>();
    rows.forEach(row -> columns.addAll(row.keySet()));
    return columns;
  }

  private void write() {
    var columns = columns();
    var lines = new ArrayList<String>();
    lines.add(String.join(SEPARATOR, columns));
    rows.forEach(row -> lines.add(line(columns, row)));
    var temporary = file.resolveSibling(file.getFileName() + ".tmp");
    try {
      Files.createDirectories(file.toAbsolutePath().getParent());
      Files.write(temporary, lines);
      Files.move(
          temporary, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException failure) {
      throw new UserException(
          "Cannot write '%s': %s.".formatted(file, failure.getMessage()), failure);
    }
  }

  private static String line(SequencedSet<String> columns, SequencedMap<String, String> row) {
    return columns.stream()
        .map(column -> row.getOrDefault(column, ""))
        .collect(Collectors.joining(SEPARATOR));
  }

  private void read() {
    try {
      var lines = Files.readAllLines(file);
      var columns = lines.stream().findFirst().orElse("").split(SEPARATOR, -1);
      lines.stream().skip(1).forEach(line -> rows.add(row(columns, line.split(SEPARATOR, -1))));
    } catch (IOException failure) {
      throw new UserException(
          "Cannot read '%s': %s.".formatted(file, failure.getMessage()), failure);
    }
  }

  private SequencedMap<String, String> row(String[] columns, String[] cells) {
    if (cells.length != columns.length) {
      throw new UserException(
          "The file '%s' is not a table of epochs: a line has %d cells under %d columns."
              .formatted(file, cells.length, columns.length));
    }
    var row = new LinkedHashMap<String, String>();
    for (int column = 0; column < columns.length; column++) {
      if (!cells[column].isEmpty()) {
        row.put(columns[column], cells[column]);
      }
    }
    return row;
  }
}

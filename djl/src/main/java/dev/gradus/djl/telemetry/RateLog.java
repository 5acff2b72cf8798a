package dev.gradus.djl.telemetry;

import static java.lang.foreign.ValueLayout.JAVA_FLOAT_UNALIGNED;

import dev.gradus.UserException;
import dev.gradus.djl.TrainingEvent;
import dev.gradus.djl.TrainingListener;
import dev.gradus.safetensors.Tensor;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.function.IntToDoubleFunction;

/**
 * Keeps the learning rate that every training instance has behind each epoch, for runs whose
 * instance method learns such rates: a NumPy array of half floats, {@code
 * numpy.load("rates.npy")[epoch, instance]}. {@link RateHistory} reads it back.
 *
 * <p>The file stays below {@value #LARGEST} bytes: of large data sets only every so manieth epoch
 * is kept, evenly over the run. A resumed run first drops the rows of epochs that it makes again;
 * if there are other instances than before, earlier epochs are unknown.
 */
public final class RateLog implements TrainingListener {
  /** How many bytes of rates a file holds at most. */
  public static final long LARGEST = 64L << 20;

  private static final String RATES = "instances/rates";
  private static final int CHUNK = 1 << 15;

  private final Path file;
  private int epochs = 1;

  /**
   * Writes to a file, behind each epoch that has rates.
   *
   * @param file created when it is needed, with its folder; usually called {@code rates.npy}
   */
  public RateLog(Path file) {
    this.file = file;
  }

  /**
   * {@inheritDoc}
   *
   * @throws UserException if the file cannot be written
   */
  @Override
  public void on(TrainingEvent event) {
    switch (event) {
      case TrainingEvent.Started started -> {
        epochs = (int) started.epochs();
        if (Files.exists(file)) {
          changing(channel -> cut(channel, started));
        }
      }
      case TrainingEvent.InstancesLearned learned ->
          learned.state().stream()
              .filter(tensor -> tensor.name().equals(RATES))
              .forEach(rates -> keep(learned.epoch(), rates));
      default -> {}
    }
  }

  private static void cut(FileChannel channel, TrainingEvent.Started started) throws IOException {
    var table = HalfTable.in(channel);
    long whole = started.step() * started.epochs() / started.totalSteps();
    int rows = (int) whole / HalfTable.every(table.columns(), (int) started.epochs());
    resize(channel, table.withRows(Math.min(table.rows(), rows)));
  }

  private static void resize(FileChannel channel, HalfTable table) throws IOException {
    channel.truncate(table.position(table.rows(), 0));
    channel.write(table.header(), 0);
  }

  private void keep(long epoch, Tensor rates) {
    int instances = Math.toIntExact(rates.shape().getFirst());
    int every = HalfTable.every(instances, epochs);
    if ((epoch + 1) % every == 0) {
      int row = (int) ((epoch + 1) / every) - 1;
      var data = rates.data();
      changing(
          channel -> write(channel, row, instances, i -> data.getAtIndex(JAVA_FLOAT_UNALIGNED, i)));
    }
  }

  /** Writes a row; those before it that are missing are not numbers. */
  private static void write(FileChannel channel, int row, int instances, IntToDoubleFunction rates)
      throws IOException {
    var known = HalfTable.in(channel);
    int whole = known.columns() == instances ? Math.min(known.rows(), row) : 0;
    var table = new HalfTable(whole, instances);
    resize(channel, table);
    for (int missing = whole; missing < row; missing++) {
      writeRow(channel, table, missing, _ -> Double.NaN);
    }
    writeRow(channel, table, row, rates);
    channel.write(table.withRows(row + 1).header(), 0);
  }

  private static void writeRow(
      FileChannel channel, HalfTable table, int row, IntToDoubleFunction values)
      throws IOException {
    var chunk = ByteBuffer.allocate(CHUNK * Short.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    for (int first = 0; first < table.columns(); first += CHUNK) {
      chunk.clear();
      for (int i = first; i < Math.min(table.columns(), first + CHUNK); i++) {
        chunk.putShort(Float.floatToFloat16((float) values.applyAsDouble(i)));
      }
      channel.write(chunk.flip(), table.position(row, first));
    }
  }

  @FunctionalInterface
  private interface Change {
    void in(FileChannel channel) throws IOException;
  }

  private void changing(Change change) {
    try {
      Files.createDirectories(file.toAbsolutePath().getParent());
      try (var channel =
          FileChannel.open(
              file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
        change.in(channel);
      }
    } catch (IOException failure) {
      throw new UserException(
          "Cannot write '%s': %s.".formatted(file, failure.getMessage()), failure);
    }
  }
}

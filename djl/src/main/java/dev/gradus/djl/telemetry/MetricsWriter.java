package dev.gradus.djl.telemetry;

import dev.gradus.UserException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Appends to a file of measurements. A line is with the operating system when {@link #append}
 * returns.
 */
final class MetricsWriter implements AutoCloseable {
  private final Path file;
  private final FileChannel channel;
  private final Kept kept;

  private MetricsWriter(Path file, FileChannel channel, Kept kept) {
    this.file = file;
    this.channel = channel;
    this.kept = kept;
  }

  /** The part of the file that belongs to the steps of a checkpoint. */
  private static final class Kept {
    private final long step;
    private boolean ended;
    private long bytes;
    private long epochs;
    private double seconds;

    Kept(long step) {
      this.step = step;
    }

    void add(Metrics.Line line) {
      ended |= line.measurement().step() > step;
      if (!ended) {
        bytes += line.bytes();
        seconds = line.measurement().seconds();
        epochs += line.measurement() instanceof Measurement.Epoch ? 1 : 0;
      }
    }
  }

  /**
   * Opens the file of a run that stands at a step. Lines of later steps, which a crash has left
   * behind, and a line that was not finished are cut off; so no step has two lines.
   *
   * @param file created if it does not exist, with its folder
   * @param step the steps used up
   * @return the open file
   * @throws dev.gradus.UserException if the file cannot be read or written
   */
  static MetricsWriter open(Path file, long step) {
    var kept = new Kept(step);
    Metrics.forEach(file, kept::add);
    try {
      Files.createDirectories(file.toAbsolutePath().getParent());
      var channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      channel.truncate(kept.bytes).position(kept.bytes);
      return new MetricsWriter(file, channel, kept);
    } catch (IOException failure) {
      throw cannotWrite(file, failure);
    }
  }

  /**
   * How long the run had trained before.
   *
   * @return seconds, by the last line that was kept
   */
  double secondsBefore() {
    return kept.seconds;
  }

  /**
   * Adds a line. The end of an epoch that has its line already, because the checkpoint is from
   * between its last step and its end, is not added again.
   *
   * @param measurement what was measured, at no earlier step than the line before
   * @throws dev.gradus.UserException if the disk is full
   */
  void append(Measurement measurement) {
    if (measurement instanceof Measurement.Epoch epoch && epoch.epoch() <= kept.epochs) {
      return;
    }
    try {
      var bytes = ByteBuffer.wrap(bytes(measurement));
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
    } catch (IOException failure) {
      throw cannotWrite(file, failure);
    }
  }

  /**
   * Waits until all lines survive a crash of the machine.
   *
   * @throws dev.gradus.UserException if they cannot be written
   */
  void force() {
    try {
      channel.force(false);
    } catch (IOException failure) {
      throw cannotWrite(file, failure);
    }
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException failure) {
      throw cannotWrite(file, failure);
    }
  }

  private static byte[] bytes(Measurement measurement) {
    return (MeasurementJson.print(measurement) + "\n").getBytes(StandardCharsets.UTF_8);
  }

  private static UserException cannotWrite(Path file, IOException failure) {
    return new UserException(
        "Cannot write '%s': %s.".formatted(file, failure.getMessage()), failure);
  }
}

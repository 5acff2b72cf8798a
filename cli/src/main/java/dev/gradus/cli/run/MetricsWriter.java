package dev.gradus.cli.run;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Appends to {@code metrics.jsonl}. A line is with the operating system when {@link #append}
 * returns.
 */
public final class MetricsWriter implements AutoCloseable {
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
   * @param files the run
   * @param step the steps used up
   * @return the open file
   * @throws dev.gradus.UserException if the file cannot be read or written
   */
  public static MetricsWriter open(RunFiles files, long step) {
    Path file = files.metrics();
    var kept = new Kept(step);
    Metrics.forEach(file, kept::add);
    try {
      var channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      channel.truncate(kept.bytes).position(kept.bytes);
      return new MetricsWriter(file, channel, kept);
    } catch (IOException failure) {
      throw Disk.cannotWrite(file, failure);
    }
  }

  /**
   * How long the run had trained before.
   *
   * @return seconds, by the last line that was kept
   */
  public double secondsBefore() {
    return kept.seconds;
  }

  /**
   * Adds a line. The end of an epoch that has its line already, because the checkpoint is from
   * between its last step and its end, is not added again.
   *
   * @param measurement what was measured, at no earlier step than the line before
   * @throws dev.gradus.UserException if the disk is full
   */
  public void append(Measurement measurement) {
    if (measurement instanceof Measurement.Epoch epoch && epoch.epoch() <= kept.epochs) {
      return;
    }
    try {
      var bytes = ByteBuffer.wrap(Json.line(measurement));
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
    } catch (IOException failure) {
      throw Disk.cannotWrite(file, failure);
    }
  }

  /**
   * Waits until all lines survive a crash of the machine.
   *
   * @throws dev.gradus.UserException if they cannot be written
   */
  public void force() {
    try {
      channel.force(false);
    } catch (IOException failure) {
      throw Disk.cannotWrite(file, failure);
    }
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException failure) {
      throw Disk.cannotWrite(file, failure);
    }
  }
}

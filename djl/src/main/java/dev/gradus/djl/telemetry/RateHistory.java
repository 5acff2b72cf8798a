package dev.gradus.djl.telemetry;

import dev.gradus.UserException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;

/**
 * How the learning rate of a training instance went from epoch to epoch, as {@link RateLog} has
 * written it.
 *
 * @param points what was kept, in the order of the epochs; empty if nothing was
 */
public record RateHistory(List<Point> points) {
  private static final RateHistory UNKNOWN = new RateHistory(List.of());

  /**
   * The rate behind an epoch.
   *
   * @param epoch its number, from 1
   * @param rate the rate, rounded to half precision
   */
  public record Point(int epoch, float rate) {}

  /** Copies the list. */
  public RateHistory {
    points = List.copyOf(points);
  }

  /**
   * Reads the histories of some instances.
   *
   * @param file where a run, which may be going on, writes; of a missing file nothing is known
   * @param epochs epochs of the whole run
   * @param instances how many the run trains on; of another number nothing is known
   * @param wanted which of them, from 0
   * @return one history for each that is wanted
   * @throws UserException if the file cannot be read
   */
  public static List<RateHistory> read(Path file, int epochs, int instances, List<Integer> wanted) {
    if (!Files.exists(file)) {
      return wanted.stream().map(_ -> UNKNOWN).toList();
    }
    try (var channel = FileChannel.open(file, StandardOpenOption.READ)) {
      var table = HalfTable.in(channel);
      var known = table.columns() == instances ? table : table.withRows(0);
      int every = HalfTable.every(instances, epochs);
      var histories = new ArrayList<RateHistory>();
      for (int instance : wanted) {
        histories.add(read(channel, known, every, instance));
      }
      return histories;
    } catch (IOException failure) {
      throw new UserException(
          "Cannot read '%s': %s.".formatted(file, failure.getMessage()), failure);
    }
  }

  private static RateHistory read(FileChannel channel, HalfTable table, int every, int instance)
      throws IOException {
    var points = new ArrayList<Point>();
    var half = ByteBuffer.allocate(Short.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    for (int row = 0; row < table.rows(); row++) {
      channel.read(half.clear(), table.position(row, instance));
      float rate = Float.float16ToFloat(half.getShort(0));
      if (!Float.isNaN(rate)) {
        points.add(new Point((row + 1) * every, rate));
      }
    }
    return new RateHistory(points);
  }
}

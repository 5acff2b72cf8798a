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
import java.util.stream.IntStream;

/**
 * How far the learning rates of the training instances lay apart behind an epoch.
 *
 * @param epoch its number, from 1
 * @param low a tenth of the rates are lower
 * @param median half of them are lower
 * @param high a tenth of them are higher
 */
public record RateSpread(int epoch, double low, double median, double high) {
  private static final double TENTH = 0.1;

  /**
   * Reads what a {@link RateLog} has written.
   *
   * @param file where a run writes or has written; of a missing file nothing is known
   * @param epochs epochs of the whole run, at least 1
   * @return one for each epoch that was kept, in order
   * @throws UserException if the file cannot be read
   */
  public static List<RateSpread> read(Path file, int epochs) {
    if (!Files.exists(file)) {
      return List.of();
    }
    try (var channel = FileChannel.open(file, StandardOpenOption.READ)) {
      var table = HalfTable.in(channel);
      int every = HalfTable.every(table.columns(), epochs);
      var spreads = new ArrayList<RateSpread>();
      for (int row = 0; row < table.rows(); row++) {
        double[] rates = sorted(channel, table, row);
        if (rates.length > 0) {
          spreads.add(of((row + 1) * every, rates));
        }
      }
      return spreads;
    } catch (IOException failure) {
      throw new UserException(
          "Cannot read '%s': %s.".formatted(file, failure.getMessage()), failure);
    }
  }

  private static double[] sorted(FileChannel channel, HalfTable table, int row) throws IOException {
    var halves = ByteBuffer.allocate(table.columns() * Short.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    channel.read(halves, table.position(row, 0));
    return IntStream.range(0, table.columns())
        .mapToDouble(i -> Float.float16ToFloat(halves.getShort(i * Short.BYTES)))
        .filter(rate -> !Double.isNaN(rate))
        .sorted()
        .toArray();
  }

  private static RateSpread of(int epoch, double[] sorted) {
    int last = sorted.length - 1;
    return new RateSpread(
        epoch,
        sorted[(int) Math.round(TENTH * last)],
        sorted[last / 2],
        sorted[(int) Math.round((1 - TENTH) * last)]);
  }
}

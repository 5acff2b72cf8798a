package dev.gradus.cli.scaling;

import dev.gradus.cli.scaling.Scaling.Curve;
import dev.gradus.cli.scaling.Scaling.OverLink;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/** Examples per second and efficiencies for a terminal. */
public final class ScalingTable {
  private ScalingTable() {}

  /**
   * A table for each link.
   *
   * @param scaling what is told
   * @return lines
   */
  public static List<String> of(Scaling scaling) {
    var lines = new ArrayList<String>();
    for (var over : scaling.links()) {
      lines.add("");
      lines.add(over.link() + ": examples per second, and their part of what could be");
      lines.add(line("workers", over.curves().stream().map(Curve::compressor).toList()));
      int rows = over.curves().getFirst().points().size();
      IntStream.range(0, rows).forEach(row -> lines.add(line(over, row)));
    }
    return lines;
  }

  private static String line(OverLink over, int row) {
    int workers = over.curves().getFirst().points().get(row).workers();
    return line(
        String.format(Locale.ROOT, "%,d", workers),
        over.curves().stream().map(curve -> cell(curve.points().get(row))).toList());
  }

  private static String cell(Scaling.Point point) {
    return String.format(
        Locale.ROOT, "%,.0f %3.0f %%", point.examplesPerSecond(), 100 * point.efficiency());
  }

  private static String line(String first, List<String> cells) {
    var line = new StringBuilder(String.format("%7s", first));
    cells.forEach(cell -> line.append(String.format("%18s", cell)));
    return line.toString();
  }
}

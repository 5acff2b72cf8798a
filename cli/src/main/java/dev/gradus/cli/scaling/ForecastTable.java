package dev.gradus.cli.scaling;

import dev.gradus.cli.scaling.Forecast.Prediction;
import dev.gradus.scaling.BreakEven;
import dev.gradus.scaling.Load;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A forecast for a terminal of 80 columns. */
public final class ForecastTable {
  private static final int NAME = 13;
  private static final int WIDTH = 80;
  private static final int COUNT = 12;
  private static final int CELL = 14;
  private static final long SMALL = 1024;

  private ForecastTable() {}

  /**
   * The predictions, a line for each scheme.
   *
   * @param forecast what is told
   * @return lines
   */
  public static List<String> of(Forecast forecast) {
    var lines = new ArrayList<String>();
    lines.add(row("compressor", "sent", "rate", "packing", "step", "faster", "busy", "pays below"));
    forecast.schemes().forEach(scheme -> lines.add(row(scheme)));
    return lines;
  }

  private static String row(Prediction scheme) {
    Double limit = scheme.paysBelow();
    var even = new BreakEven(limit == null ? Double.POSITIVE_INFINITY : limit);
    return row(
        scheme.compressor(),
        Quantities.bytes(scheme.bytesSent()),
        Quantities.digits(scheme.compression()),
        Quantities.time(scheme.packing()),
        Quantities.time(scheme.step()),
        Quantities.digits(scheme.speedup()),
        String.format(Locale.ROOT, "%.0f %%", 100 * scheme.efficiency()),
        scheme.compressor().startsWith("dense") ? "" : even.toString());
  }

  private static String row(String name, String... cells) {
    var numbers = String.format("%10s%8s%10s%10s%8s%7s%13s", (Object[]) cells);
    var above = name.length() < NAME ? "" : name + System.lineSeparator();
    var beside = above.isEmpty() ? name : "";
    return above + (String.format("%-" + NAME + "s", beside) + numbers).stripTrailing();
  }

  /**
   * How much smaller each tensor becomes; small tensors are told of together.
   *
   * @param forecast what is told
   * @return lines, the schemes side by side, a few at a time
   */
  public static List<String> layers(Forecast forecast) {
    var lines = new ArrayList<String>();
    var schemes = forecast.schemes().subList(1, forecast.schemes().size());
    int name = longestName(schemes);
    int few = Math.max(1, (WIDTH - name - COUNT) / CELL);
    for (int first = 0; first < schemes.size(); first += few) {
      var some = schemes.subList(first, Math.min(first + few, schemes.size()));
      var rows = some.stream().map(ForecastTable::largeAndOthers).toList();
      lines.add("");
      lines.add(
          layer(name, "tensor", "weights", some.stream().map(Prediction::compressor).toList()));
      for (int row = 0; row < rows.getFirst().size(); row++) {
        lines.add(layer(name, rows, row));
      }
    }
    return lines;
  }

  private static int longestName(List<Prediction> schemes) {
    return schemes.stream()
        .flatMap(scheme -> largeAndOthers(scheme).stream())
        .mapToInt(load -> load.tensor().length())
        .max()
        .orElse(0);
  }

  /** The tensors of a scheme, and all small ones as if they were one. */
  private static List<Load> largeAndOthers(Prediction scheme) {
    var large = scheme.tensors().stream().filter(load -> load.weights() >= SMALL).toList();
    var small = scheme.tensors().stream().filter(load -> load.weights() < SMALL).toList();
    var all = new ArrayList<>(large);
    if (!small.isEmpty()) {
      all.add(
          new Load(
              String.format(Locale.ROOT, "%d below %,d weights", small.size(), SMALL),
              small.stream().mapToLong(Load::weights).sum(),
              small.stream().mapToDouble(Load::bytes).sum(),
              small.stream().mapToDouble(Load::pack).sum(),
              small.stream().mapToDouble(Load::unpack).sum(),
              Load.Manner.GATHER));
    }
    return all;
  }

  private static String layer(int name, List<List<Load>> schemes, int row) {
    var load = schemes.getFirst().get(row);
    return layer(
        name,
        load.tensor(),
        String.format(Locale.ROOT, "%,d", load.weights()),
        schemes.stream().map(loads -> Quantities.digits(loads.get(row).compression())).toList());
  }

  private static String layer(int name, String tensor, String weights, List<String> cells) {
    var line = new StringBuilder();
    line.append(String.format("%-" + name + "s%" + COUNT + "s", tensor, weights));
    cells.forEach(cell -> line.append(String.format("%" + CELL + "s", shortened(cell))));
    return line.toString();
  }

  /** A scheme's settings, or their end, if its name and all of them do not fit. */
  private static String shortened(String cell) {
    var settings = cell.replaceFirst(".*\\(", "").replace(")", "");
    int most = CELL - 1;
    return cell.length() <= most
        ? cell
        : settings.length() <= most
            ? settings
            : "…" + settings.substring(settings.length() - most + 1);
  }
}

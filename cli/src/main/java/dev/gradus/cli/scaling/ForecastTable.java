package dev.gradus.cli.scaling;

import dev.gradus.cli.scaling.Forecast.Prediction;
import dev.gradus.scaling.BreakEven;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/** A forecast for a terminal of 80 columns. */
public final class ForecastTable {
  private static final int NAME = 13;
  private static final int TENSOR_NAME = 24;
  private static final int SIDE_BY_SIDE = 3;
  private static final int COUNT = 12;
  private static final int CELL = 14;

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
   * How much smaller each tensor becomes.
   *
   * @param forecast what is told
   * @return lines, the schemes side by side, a few at a time
   */
  public static List<String> layers(Forecast forecast) {
    var lines = new ArrayList<String>();
    var schemes = forecast.schemes().subList(1, forecast.schemes().size());
    for (int first = 0; first < schemes.size(); first += SIDE_BY_SIDE) {
      var some = schemes.subList(first, Math.min(first + SIDE_BY_SIDE, schemes.size()));
      lines.add("");
      lines.add(layer("tensor", "weights", some.stream().map(Prediction::compressor).toList()));
      int tensors = some.getFirst().tensors().size();
      IntStream.range(0, tensors).forEach(tensor -> lines.add(layer(some, tensor)));
    }
    return lines;
  }

  private static String layer(List<Prediction> schemes, int tensor) {
    var load = schemes.getFirst().tensors().get(tensor);
    return layer(
        load.tensor(),
        String.format(Locale.ROOT, "%,d", load.weights()),
        schemes.stream()
            .map(scheme -> Quantities.digits(scheme.tensors().get(tensor).compression()))
            .toList());
  }

  private static String layer(String name, String weights, List<String> cells) {
    var line = new StringBuilder();
    line.append(String.format("%-" + TENSOR_NAME + "s%" + COUNT + "s", name, weights));
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

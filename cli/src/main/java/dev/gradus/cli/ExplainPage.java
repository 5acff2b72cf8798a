package dev.gradus.cli;

import dev.gradus.cli.explain.Cost;
import dev.gradus.cli.explain.Explanation;
import dev.gradus.cli.explain.Remembered;
import dev.gradus.cli.explain.Speed;
import dev.gradus.equation.Level;
import dev.gradus.formula.Formulas;
import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** An explanation for a terminal. */
final class ExplainPage {
  private static final String LEGEND =
      "w weight, g gradient, η learning rate, t steps of the tensor, T steps of the optimizer, n"
          + " length of a row, N number of weights, s schedule; a prime marks a value after the"
          + " step; ᵣ over a row, ₘ over the model.";

  private final Explanation explanation;
  private final int width;
  private final List<String> lines = new ArrayList<>();

  ExplainPage(Explanation explanation, int width) {
    this.explanation = explanation;
    this.width = width;
  }

  String withSpeed(List<Speed> speeds) {
    lines.addAll(Wrapped.lines("", explanation.pipeline(), 2, width));
    explanation.expansions().forEach(this::paragraph);
    heading("Equations of a weight of shape " + shape());
    equations();
    lines.add("");
    lines.addAll(Wrapped.lines("  ", LEGEND, 2, width));
    heading("Memory");
    explanation.costs().forEach(cost -> paragraph(cost(cost)));
    paragraph(remembered());
    if (!speeds.isEmpty()) {
      heading("Time of a step, one thread");
      speeds.forEach(this::speed);
    }
    if (!explanation.doubts().isEmpty()) {
      heading("Doubtful");
      explanation.doubts().forEach(this::paragraph);
    }
    return String.join(System.lineSeparator(), lines);
  }

  private void heading(String text) {
    lines.add("");
    lines.add(text);
  }

  private void paragraph(String text) {
    lines.addAll(Wrapped.lines("  ", text, 4, width));
  }

  private String shape() {
    return explanation.shape().stream().map(Object::toString).collect(Collectors.joining("×"));
  }

  private void equations() {
    List<Formulas.Line> formulas = explanation.equations();
    int longest = formulas.stream().mapToInt(line -> line.name().length()).max().orElse(0);
    for (Formulas.Line line : formulas) {
      String first = "  %-6s  %s = ".formatted(level(line.level()), pad(line.name(), longest));
      lines.addAll(Wrapped.lines(first, line.body(), first.length() + 2, width));
    }
  }

  private static String pad(String name, int length) {
    return " ".repeat(length - name.length()) + name;
  }

  private static String level(Level level) {
    return level == Level.ELEMENT ? "weight" : level.name().toLowerCase(Locale.ROOT);
  }

  private static String cost(Cost cost) {
    String share =
        cost.share() == 1 ? "" : " in %s %% of the steps".formatted(decimal(100 * cost.share()));
    return "%s, %d floats read and written per weight (%d bytes)%s"
        .formatted(
            cost.passes() == 1 ? "1 pass" : cost.passes() + " passes",
            cost.floatsMoved(),
            cost.bytesMoved(),
            share);
  }

  private String remembered() {
    String states =
        explanation.states().stream().map(Remembered::inWords).collect(Collectors.joining(", "));
    return "remembers %s bytes per weight: %s"
        .formatted(decimal(explanation.bytesRemembered()), states);
  }

  private static String decimal(double value) {
    return new DecimalFormat("0.##", DecimalFormatSymbols.getInstance(Locale.ROOT)).format(value);
  }

  private void speed(Speed speed) {
    paragraph(
        String.format(
            Locale.ROOT,
            "%,d weights: %.3g ms; moving the same bytes takes %.3g ms (%.3g GB/s); ratio %.2f",
            speed.weights(),
            speed.milliseconds(),
            speed.bandwidthMilliseconds(),
            speed.gigabytesPerSecond(),
            speed.ratio()));
    paragraph(
        "Medians of %d rounds that alternate; other work on this machine disturbs both."
            .formatted(speed.steps()));
  }
}

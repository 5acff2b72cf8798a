package dev.gradus.cli;

import dev.gradus.cli.RunFile.Entry;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A range from which values of a setting are drawn, as {@code 0.0001 to 0.1}.
 *
 * @param low its lower end
 * @param high its upper end
 * @param whole whether values are whole numbers, because both ends are written so
 */
record Span(double low, double high, boolean whole) {
  private static final String NUMBER = "[+-]?[0-9.]+(?:[eE][+-]?[0-9]+)?";
  private static final Pattern FORM = Pattern.compile("(" + NUMBER + ") to (" + NUMBER + ")");
  private static final Pattern WHOLE = Pattern.compile("[+-]?[0-9]+");
  private static final MathContext DIGITS = new MathContext(3);

  /** The range that a setting's value is; nothing if it is a value or a list of them. */
  static Optional<Span> of(Entry setting) {
    var form = FORM.matcher(setting.values().size() == 1 ? setting.values().getFirst() : "");
    return form.matches() ? Optional.of(of(form.group(1), form.group(2))) : Optional.empty();
  }

  private static Span of(String low, String high) {
    boolean whole = WHOLE.matcher(low).matches() && WHOLE.matcher(high).matches();
    return new Span(Double.parseDouble(low), Double.parseDouble(high), whole);
  }

  /**
   * A value, evenly in its logarithm if both ends are above 0, with three digits.
   *
   * @param share a part of the range, in [0, 1)
   */
  String at(double share) {
    double value = low > 0 ? low * Math.pow(high / low, share) : low + share * (high - low);
    return whole
        ? Long.toString(Math.round(value))
        : BigDecimal.valueOf(value).round(DIGITS).stripTrailingZeros().toPlainString();
  }
}

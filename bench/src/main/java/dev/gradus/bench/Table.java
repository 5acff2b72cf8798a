package dev.gradus.bench;

import java.math.BigDecimal;
import java.math.RoundingMode;

/** A Markdown table; all columns but the first are aligned to the right. */
final class Table {
  private final StringBuilder text = new StringBuilder();

  Table(String... columns) {
    row(columns);
    text.append("|---").append("|---:".repeat(columns.length - 1)).append("|\n");
  }

  void row(String... cells) {
    for (String cell : cells) {
      text.append("| ").append(cell.replace("|", "\\|")).append(' ');
    }
    text.append("|\n");
  }

  static String number(double value, int decimals) {
    return BigDecimal.valueOf(value).setScale(decimals, RoundingMode.HALF_EVEN).toPlainString();
  }

  @Override
  public String toString() {
    return text.toString();
  }
}

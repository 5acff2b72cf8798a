package dev.gradus.bench;

import java.math.BigDecimal;
import java.math.RoundingMode;

/** A Markdown table; all columns but the first are aligned to the right. */
public final class Table {
  private final StringBuilder text = new StringBuilder();

  /**
   * A table without rows.
   *
   * @param columns their titles
   */
  public Table(String... columns) {
    row(columns);
    text.append("|---").append("|---:".repeat(columns.length - 1)).append("|\n");
  }

  /**
   * Adds a row.
   *
   * @param cells one for each column
   */
  public void row(String... cells) {
    for (String cell : cells) {
      text.append("| ").append(cell.replace("|", "\\|")).append(' ');
    }
    text.append("|\n");
  }

  /**
   * A number as tables show it.
   *
   * @param value a finite number
   * @param decimals how many digits behind the point
   * @return as plain text
   */
  public static String number(double value, int decimals) {
    return BigDecimal.valueOf(value).setScale(decimals, RoundingMode.HALF_EVEN).toPlainString();
  }

  @Override
  public String toString() {
    return text.toString();
  }
}

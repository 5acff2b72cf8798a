package dev.gradus.cli.data;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How a table is read.
 *
 * @param label the name of the column to predict; null for the last column
 * @param ignored the names of columns to leave out, such as a customer's number
 * @param task what is to be learned; null to decide from the label column
 */
public record TableOptions(@Nullable String label, List<String> ignored, @Nullable Kind task) {
  /** The last column is the label and decides the task; no column is left out. */
  public static final TableOptions USUAL = new TableOptions(null, List.of(), null);

  /** Copies the list. */
  public TableOptions {
    ignored = List.copyOf(ignored);
  }

  /** What a table can be used to learn. */
  public enum Kind {
    /** The label is one of several names or numbers that stand for names. */
    CLASSIFICATION,
    /** The label is a quantity. */
    REGRESSION
  }
}

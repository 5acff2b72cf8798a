package dev.gradus.cli.data;

import dev.gradus.UserException;
import dev.gradus.text.Nearest;
import java.util.List;

/**
 * Which columns of a table are inputs and which is the label.
 *
 * @param label the column to predict
 * @param inputs the columns to learn from, in the table's order
 */
public record TableColumns(String label, List<String> inputs) {
  private static final int MOST_CLASSES = 10_000;

  /** Copies the list. */
  public TableColumns {
    inputs = List.copyOf(inputs);
  }

  /**
   * Chooses columns.
   *
   * @param table what messages call the table
   * @param names all its columns
   * @param options what the user chose
   * @return the columns to use, one input or more
   * @throws UserException if there is no such column, or it can't be used so
   */
  public static TableColumns of(String table, List<String> names, TableOptions options) {
    options.ignored().forEach(name -> require(table, names, name));
    var kept = names.stream().filter(name -> !options.ignored().contains(name)).toList();
    if (kept.isEmpty()) {
      throw new UserException("Every column of '" + table + "' is to be ignored.");
    }
    var label = options.label() == null ? kept.getLast() : options.label();
    require(table, names, label);
    if (options.ignored().contains(label)) {
      throw new UserException(
          "The column '%s' of '%s' is both the label and to be ignored.".formatted(label, table));
    }
    var inputs = kept.stream().filter(name -> !name.equals(label)).toList();
    if (inputs.isEmpty()) {
      throw new UserException(
          "'%s' has no column but the label '%s', so there is nothing to learn from."
              .formatted(table, label));
    }
    return new TableColumns(label, inputs);
  }

  private static void require(String table, List<String> names, String name) {
    if (!names.contains(name)) {
      throw new UserException(
          "'%s' has no column '%s'%s".formatted(table, name, Nearest.hint(name, names)));
    }
  }

  /**
   * Refuses a label that can't be a class.
   *
   * @param table what messages call the table
   * @param label the column
   * @param classes how many different values it has
   * @throws UserException unless they are 2 to 10,000
   */
  public static void requireClasses(String table, String label, int classes) {
    if (classes < 2 || classes > MOST_CLASSES) {
      throw new UserException(
          "In '%s' the label column '%s' has %,d different values; a classification has 2 to %,d."
              .formatted(table, label, classes, MOST_CLASSES));
    }
  }
}

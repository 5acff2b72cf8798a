package dev.gradus.djl.data;

import java.util.ArrayList;
import java.util.List;

/**
 * A data set ready to train on.
 *
 * @param name the text the user asked for, such as {@code "digits"} or {@code "csv:iris.csv"}
 * @param statements how it was read, one line each, to be printed and logged: where from, how it
 *     was split, what was skipped
 * @param task what is to be learned
 * @param columns the names of a table's inputs, in order; empty for other data
 * @param normalisation what was subtracted from the inputs and what they were divided by
 * @param train the examples to learn from
 * @param validation the examples on which everything is chosen
 * @param test the examples to read once, at the end
 */
public record DataSet(
    String name,
    List<String> statements,
    Task task,
    List<String> columns,
    Normalisation normalisation,
    Examples train,
    Examples validation,
    Examples test) {

  /** Copies the lists and checks that the three parts have the same shapes. */
  public DataSet {
    statements = List.copyOf(statements);
    columns = List.copyOf(columns);
    requireSameShapes(train, validation);
    requireSameShapes(train, test);
  }

  /**
   * A data set that a program has made, with inputs as the network takes them.
   *
   * @param name what messages and checkpoints call it
   * @param task what is to be learned
   * @param train the examples to learn from
   * @param validation the examples on which everything is chosen
   * @param test the examples to read once, at the end
   * @return the data set; {@link #withoutTest} leaves the last part out
   */
  public static DataSet of(
      String name, Task task, Examples train, Examples validation, Examples test) {
    return new DataSet(
        name, List.of(), task, List.of(), Normalisation.NONE, train, validation, test);
  }

  /**
   * A short proof of what the data are, to be kept in a checkpoint.
   *
   * @return sizes, shapes and a hash over targets and a sample of the inputs
   */
  public Fingerprint fingerprint() {
    return Fingerprint.of(this);
  }

  /**
   * What a network trained on these data takes and gives.
   *
   * @return the description, to be kept in a checkpoint
   */
  public DataDescription description() {
    return new DataDescription(train.inputShape(), columns, normalisation, task);
  }

  /**
   * The same data set with other examples to learn from and to choose on.
   *
   * @param changedTrain the examples to learn from
   * @param changedValidation the examples on which everything is chosen
   * @return a data set with the same test examples
   */
  public DataSet with(Examples changedTrain, Examples changedValidation) {
    return new DataSet(
        name, statements, task, columns, normalisation, changedTrain, changedValidation, test);
  }

  /**
   * The same data set with a part of the examples to learn from.
   *
   * @param part how much of them, in (0, 1], rounded to the nearest whole number of examples, but
   *     at least one
   * @param seed decides which
   * @return a data set with the same examples for validation and test
   */
  public DataSet withTrainPart(double part, long seed) {
    if (part == 1) {
      return this;
    }
    var left = new Split.Draw.Seeded(1 - part, seed);
    var used = train.subset(Split.of(train.size(), new Split.Draw.Own(), left).train());
    return with(used, validation)
        .stating(
            "%d of %d training examples are used, drawn with seed %d"
                .formatted(used.size(), train.size(), seed));
  }

  /**
   * The same data set with another task.
   *
   * @param changed what is to be learned from the same targets
   * @return the data set
   */
  public DataSet with(Task changed) {
    return new DataSet(name, statements, changed, columns, normalisation, train, validation, test);
  }

  /**
   * The same data set with one more statement.
   *
   * @param line what was done to the examples
   * @return the data set
   */
  public DataSet stating(String line) {
    var lines = new ArrayList<>(statements);
    lines.add(line);
    return new DataSet(name, lines, task, columns, normalisation, train, validation, test);
  }

  /**
   * The same data set with its test examples out of reach, for runs that only choose something.
   *
   * @return a data set with no test examples
   */
  public DataSet withoutTest() {
    var none = test.subset(new int[0]);
    return new DataSet(name, statements, task, columns, normalisation, train, validation, none);
  }

  private static void requireSameShapes(Examples one, Examples other) {
    if (!one.inputShape().equals(other.inputShape())
        || !one.targetShape().equals(other.targetShape())) {
      throw new IllegalArgumentException(
          "parts of different shapes: " + one.inputShape() + " and " + other.inputShape());
    }
  }
}

package dev.gradus.cli.data;

import java.nio.file.Path;

/**
 * Everything that a user can choose about reading a data set.
 *
 * @param places where data sets are looked for
 * @param split how much is kept from training
 * @param table how a table is read
 * @param images how images are read
 * @param text how a text is cut
 * @param classes how many classes numbered labels have; 0 to count them
 * @param balancedClasses weight every class by the inverse of its frequency in the training part
 * @param listener hears what happens
 */
public record DataOptions(
    DataPlaces places,
    SplitOptions split,
    TableOptions table,
    ImageOptions images,
    TextOptions text,
    int classes,
    boolean balancedClasses,
    LoadListener listener) {

  /**
   * The usual choices, with the places of this process's environment.
   *
   * @param listener hears what happens
   * @return options to start from
   */
  public static DataOptions usual(LoadListener listener) {
    var places = DataPlaces.usual(System.getenv(), Path.of(System.getProperty("user.home")));
    return new DataOptions(
        places,
        SplitOptions.USUAL,
        TableOptions.USUAL,
        ImageOptions.USUAL,
        TextOptions.USUAL,
        0,
        false,
        listener);
  }

  /**
   * A copy that looks elsewhere.
   *
   * @param other where data sets are looked for
   * @return the changed copy
   */
  public DataOptions withPlaces(DataPlaces other) {
    return new DataOptions(other, split, table, images, text, classes, balancedClasses, listener);
  }

  /**
   * A copy that splits differently.
   *
   * @param other how much is kept from training
   * @return the changed copy
   */
  public DataOptions withSplit(SplitOptions other) {
    return new DataOptions(places, other, table, images, text, classes, balancedClasses, listener);
  }

  /**
   * A copy that reads tables differently.
   *
   * @param other how a table is read
   * @return the changed copy
   */
  public DataOptions withTable(TableOptions other) {
    return new DataOptions(places, split, other, images, text, classes, balancedClasses, listener);
  }

  /**
   * A copy that reads images differently.
   *
   * @param other how images are read
   * @return the changed copy
   */
  public DataOptions withImages(ImageOptions other) {
    return new DataOptions(places, split, table, other, text, classes, balancedClasses, listener);
  }

  /**
   * A copy that cuts texts differently.
   *
   * @param other how a text is cut
   * @return the changed copy
   */
  public DataOptions withText(TextOptions other) {
    return new DataOptions(places, split, table, images, other, classes, balancedClasses, listener);
  }

  /**
   * A copy with another number of classes.
   *
   * @param other how many classes numbered labels have; 0 to count them
   * @return the changed copy
   */
  public DataOptions withClasses(int other) {
    return new DataOptions(places, split, table, images, text, other, balancedClasses, listener);
  }

  /**
   * A copy that weights classes, or does not.
   *
   * @param other whether every class is weighted by the inverse of its frequency
   * @return the changed copy
   */
  public DataOptions withBalancedClasses(boolean other) {
    return new DataOptions(places, split, table, images, text, classes, other, listener);
  }
}

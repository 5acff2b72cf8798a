package dev.gradus.cli.page;

import dev.gradus.cli.page.Suspicion.Column;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * A factor as a page shows it.
 *
 * @param number from 1
 * @param zeros which share of the examples does not use it, in per cent
 * @param mean the mean score
 * @param row what it stands for
 * @param areas what it tells best
 * @param users the examples that use it most
 */
public record FactorView(
    int number, String zeros, String mean, RowChart row, List<Area> areas, List<User> users) {

  /** Copies the lists. */
  public FactorView {
    areas = List.copyOf(areas);
    users = List.copyOf(users);
  }

  /**
   * How well the factor alone tells something.
   *
   * @param name what it tells
   * @param area the area under the ROC curve, from 0 to 1
   * @param untaught whether the network was taught no such thing
   */
  public record Area(String name, double area, boolean untaught) {
    /**
     * The area as text.
     *
     * @return with three decimals
     */
    public String shown() {
      return String.format(Locale.ROOT, "%.3f", area);
    }

    /**
     * How long a bar is that begins at chance.
     *
     * @return from 0 for an area of 0.5 or less to 100 for 1
     */
    public String percent() {
      return String.format(Locale.ROOT, "%.1f", 200 * Math.max(0, area - 0.5));
    }
  }

  /**
   * An example.
   *
   * @param name where it comes from
   * @param label its class
   * @param score how much of the factor it has
   * @param picture the example, if it is a picture
   * @param columns the example, if it is a row of a table
   */
  public record User(
      String name, String label, String score, Optional<Thumbnail> picture, List<Column> columns) {
    /** Copies the list. */
    public User {
      columns = List.copyOf(columns);
    }
  }
}

package dev.gradus.text;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/** Finds the name that a mistyped name probably meant. */
public final class Nearest {
  private static final int LONGEST_COMPARED = 100;

  private Nearest() {}

  /**
   * The known name closest to a text, by the number of letters to insert, delete, replace or swap
   * with a neighbour, ignoring case.
   *
   * @param text what was typed, of any length
   * @param names the names that exist
   * @return the closest name, the first of them in a tie; empty when none shares at least half of
   *     its letters with the text, because a far guess misleads
   */
  public static Optional<String> of(String text, Collection<String> names) {
    return text.length() > LONGEST_COMPARED
        ? Optional.empty()
        : names.stream()
            .filter(name -> distance(text, name) * 2 <= Math.max(text.length(), name.length()))
            .min(Comparator.comparingInt(name -> distance(text, name)));
  }

  /**
   * A hint to append to a sentence that refuses a name.
   *
   * @param text what was typed
   * @param names the names that exist
   * @return {@code "; did you mean 'adam'?"} or, without a close name, {@code "; known are adam,
   *     sgd."}: either way the end of the sentence
   */
  public static String hint(String text, Collection<String> names) {
    return of(text, names)
        .map(name -> "; did you mean '" + name + "'?")
        .orElseGet(() -> "; known are " + String.join(", ", names) + ".");
  }

  static int distance(String one, String other) {
    var a = one.toLowerCase(Locale.ROOT);
    var b = other.toLowerCase(Locale.ROOT);
    var cost = new int[a.length() + 1][b.length() + 1];
    for (int i = 0; i <= a.length(); i++) {
      for (int j = 0; j <= b.length(); j++) {
        cost[i][j] = cheapest(cost, a, b, i, j);
      }
    }
    return cost[a.length()][b.length()];
  }

  private static int cheapest(int[][] cost, String a, String b, int i, int j) {
    if (i == 0 || j == 0) {
      return i + j;
    }
    int replaced = cost[i - 1][j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
    int best = Math.min(replaced, Math.min(cost[i - 1][j], cost[i][j - 1]) + 1);
    boolean swapped =
        i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1);
    return swapped ? Math.min(best, cost[i - 2][j - 2] + 1) : best;
  }
}

package dev.gradus.bench;

import dev.gradus.bench.Comparisons.Comparison;
import dev.gradus.bench.Comparisons.Place;
import java.util.List;
import java.util.SequencedMap;

/**
 * Prints comparisons as Markdown tables.
 *
 * <pre>
 * java … -cp gradus-bench.jar dev.gradus.bench.Ratios [NAME…]
 *   -Dpairs=31     how many rounds
 *   -Dapart=true   every contestant in a JVM of its own
 * </pre>
 *
 * <p>Without names it makes all comparisons that {@link Comparisons} lists.
 */
public final class Ratios {
  private static final int PAIRS = Integer.getInteger("pairs", 31);
  private static final boolean APART = Boolean.getBoolean("apart");

  private Ratios() {}

  /**
   * Runs.
   *
   * @param names what to compare; all if empty
   */
  public static void main(String[] names) {
    SequencedMap<String, List<Comparison>> all = Comparisons.all();
    IO.println(Machine.line() + "\n");
    for (String name : names.length == 0 ? all.sequencedKeySet() : List.of(names)) {
      List<Comparison> comparisons = all.get(name);
      if (comparisons == null) {
        throw new IllegalArgumentException(
            "No comparison is called '" + name + "'; there are " + all.sequencedKeySet() + ".");
      }
      comparisons.forEach(Ratios::print);
    }
  }

  private static void print(Comparison comparison) {
    IO.println(
        "### "
            + comparison.network()
            + " ("
            + PAIRS
            + " rounds, "
            + time(comparison)
            + surroundings(comparison.place())
            + ")");
    IO.println();
    Place place = APART ? Place.APART : comparison.place();
    IO.println(
        switch (place) {
          case TOGETHER -> together(comparison);
          case APART -> apart(comparison);
          case BESIDE_A_BUSY_LOOP -> busy(comparison);
        });
  }

  private static String time(Comparison comparison) {
    return switch (comparison.clock()) {
      case CORE -> "time on a core";
      case WALL -> "time on the wall";
    };
  }

  private static String surroundings(Place place) {
    return switch (place) {
      case TOGETHER -> "";
      case APART -> ", each in a JVM of its own";
      case BESIDE_A_BUSY_LOOP -> ", beside a busy loop";
    };
  }

  private static String together(Comparison comparison) {
    try (var setting = new Setting(comparison.network())) {
      var contestants = comparison.entrants().stream().map(setting::contestant).toList();
      return Duel.table(contestants, PAIRS, comparison.clock());
    }
  }

  @SuppressWarnings("try") // the loop is there to be there
  private static String busy(Comparison comparison) {
    try (var _ = new BusyLoop()) {
      return together(comparison);
    }
  }

  private static String apart(Comparison comparison) {
    List<Child> children =
        comparison.entrants().stream()
            .map(entrant -> Child.start(comparison.network(), entrant))
            .toList();
    try {
      return Duel.table(List.copyOf(children), PAIRS, comparison.clock());
    } finally {
      children.forEach(Child::close);
    }
  }
}

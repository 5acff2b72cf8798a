package dev.gradus.djl.data;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Which examples are learned from, which are chosen on, and which are read once at the end.
 *
 * <p>Each part is in file order; the statement says in words how it came about.
 */
public final class Split {
  private final int[] train;
  private final int[] validation;
  private final int[] test;
  private final String statement;

  private Split(int[] train, int[] validation, int[] test, String statement) {
    this.train = train;
    this.validation = validation;
    this.test = test;
    this.statement = statement;
  }

  /**
   * Draws the test part from examples in classes and the validation part from the rest, class by
   * class.
   *
   * @param classes the class number of every example, in file order
   * @param test how the test part is drawn
   * @param validation how the validation part is drawn from what is left
   * @return three parts that share no example
   */
  public static Split of(int[] classes, Draw test, Draw validation) {
    return of(classes, test, validation, " of each class");
  }

  /**
   * Draws the test part from examples without classes and the validation part from the rest.
   *
   * @param size how many examples there are
   * @param test how the test part is drawn
   * @param validation how the validation part is drawn from what is left
   * @return three parts that share no example
   */
  public static Split of(int size, Draw test, Draw validation) {
    return of(new int[size], test, validation, "");
  }

  private static Split of(int[] classes, Draw test, Draw validation, String each) {
    var everything = IntStream.range(0, classes.length).toArray();
    var tested = test.from(everything, classes);
    var rest = without(everything, tested, classes.length);
    var validated = validation.from(rest, classes);
    var statement =
        "test = " + test.words(each) + "; validation = " + validation.words(each + " of the rest");
    return new Split(without(rest, validated, classes.length), validated, tested, statement);
  }

  private static int[] without(int[] all, int[] taken, int size) {
    var isTaken = new boolean[size];
    Arrays.stream(taken).forEach(index -> isTaken[index] = true);
    return Arrays.stream(all).filter(index -> !isTaken[index]).toArray();
  }

  /**
   * The examples to learn from.
   *
   * @return indices in file order
   */
  public int[] train() {
    return train.clone();
  }

  /**
   * The examples to choose on.
   *
   * @return indices in file order
   */
  public int[] validation() {
    return validation.clone();
  }

  /**
   * The examples to read once, at the end.
   *
   * @return indices in file order; empty where the data set has a test part of its own
   */
  public int[] test() {
    return test.clone();
  }

  /**
   * How the parts came about.
   *
   * @return such as {@code "test = the last 20 % of each class in file order; validation = 10 % of
   *     each class of the rest, drawn with seed 0"}
   */
  public String statement() {
    return statement;
  }

  /** How a part is taken out of a whole, class by class. */
  public sealed interface Draw {

    /**
     * Takes a part.
     *
     * @param candidates the indices to take from, in file order
     * @param classes the class number of every index
     * @return the indices taken, in file order
     */
    int[] from(int[] candidates, int[] classes);

    /**
     * What is taken, in words.
     *
     * @param whole what it is taken of, such as {@code " of each class"}; empty for all examples
     * @return such as {@code "the last 20 % of each class in file order"}
     */
    String words(String whole);

    /** Nothing, because the data set brings this part of its own. */
    record Own() implements Draw {
      @Override
      public int[] from(int[] candidates, int[] classes) {
        return new int[0];
      }

      @Override
      public String words(String whole) {
        return "the data set's own";
      }
    }

    /**
     * The last examples of each class.
     *
     * @param fraction how much of each class, from 0 to below 1, rounded to the nearest whole
     *     number of examples; every class keeps at least one
     */
    record Last(double fraction) implements Draw {
      /** Checks the fraction. */
      public Last {
        requireFraction(fraction);
      }

      @Override
      public int[] from(int[] candidates, int[] classes) {
        return takeLast(byClass(candidates, classes), fraction);
      }

      @Override
      public String words(String whole) {
        return "the last " + percent(fraction) + whole + " in file order";
      }
    }

    /**
     * Random examples of each class: the last of the class after the shuffle that {@link DataOrder}
     * defines for (seed, class number).
     *
     * @param fraction how much of each class, from 0 to below 1, rounded to the nearest whole
     *     number of examples; every class keeps at least one
     * @param seed decides which
     */
    record Seeded(double fraction, long seed) implements Draw {
      /** Checks the fraction. */
      public Seeded {
        requireFraction(fraction);
      }

      @Override
      public int[] from(int[] candidates, int[] classes) {
        var shuffled = byClass(candidates, classes).stream().map(m -> shuffle(m, classes)).toList();
        return takeLast(shuffled, fraction);
      }

      private int[] shuffle(int[] members, int[] classes) {
        var order = new DataOrder(members.length, seed).epoch(classes[members[0]]);
        return Arrays.stream(order).map(place -> members[place]).toArray();
      }

      @Override
      public String words(String whole) {
        return percent(fraction) + whole + ", drawn with seed " + seed;
      }
    }

    private static List<int[]> byClass(int[] candidates, int[] classes) {
      var groups =
          Arrays.stream(candidates).boxed().collect(Collectors.groupingBy(index -> classes[index]));
      return groups.values().stream()
          .map(group -> group.stream().mapToInt(Integer::intValue).toArray())
          .toList();
    }

    private static int[] takeLast(List<int[]> groups, double fraction) {
      return groups.stream()
          .flatMapToInt(group -> Arrays.stream(group, kept(group.length, fraction), group.length))
          .sorted()
          .toArray();
    }

    private static int kept(int size, double fraction) {
      return Math.max(1, size - (int) Math.round(size * fraction));
    }

    private static void requireFraction(double fraction) {
      if (!(fraction >= 0 && fraction < 1)) {
        throw new IllegalArgumentException("a part is from 0 to below 1, not " + fraction);
      }
    }

    private static String percent(double fraction) {
      var number = Double.toString(Math.round(fraction * 1000) / 10.0);
      return number.replaceFirst("\\.0$", "") + " %";
    }
  }
}

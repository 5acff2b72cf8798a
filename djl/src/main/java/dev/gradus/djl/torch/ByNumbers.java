package dev.gradus.djl.torch;

import java.util.Comparator;
import java.util.regex.Pattern;

/** The order of names by the numbers in them, from left to right: layer 2 comes before layer 10. */
final class ByNumbers implements Comparator<String> {
  private static final Pattern OTHERS = Pattern.compile("\\D+");

  @Override
  public int compare(String one, String other) {
    var first = numbers(one);
    var second = numbers(other);
    for (int index = 0; index < Math.min(first.length, second.length); index++) {
      int order = compareNumbers(first[index], second[index]);
      if (order != 0) {
        return order;
      }
    }
    return Integer.compare(first.length, second.length);
  }

  private static String[] numbers(String name) {
    return OTHERS.split(name.replaceFirst("^\\D+", ""), -1);
  }

  /** Numbers of any length; the longer one is the larger. */
  private static int compareNumbers(String one, String other) {
    var first = one.replaceFirst("^0+", "");
    var second = other.replaceFirst("^0+", "");
    return first.length() == second.length()
        ? first.compareTo(second)
        : Integer.compare(first.length(), second.length());
  }
}

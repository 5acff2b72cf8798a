package dev.gradus.djl;

import java.util.List;
import java.util.stream.IntStream;

/** Neighbouring places, the first included, the last not. */
record Range(int from, int to) {

  /**
   * Cuts 0 … length-1 into parts whose lengths differ by at most one.
   *
   * @param parts how many; if there are fewer places, each place is a part
   */
  static List<Range> cut(int length, int parts) {
    int count = Math.min(parts, length);
    return IntStream.range(0, count).mapToObj(part -> part(length, count, part)).toList();
  }

  private static Range part(int length, int parts, int part) {
    return new Range(border(length, parts, part), border(length, parts, part + 1));
  }

  private static int border(int length, int parts, int part) {
    return (int) ((long) length * part / parts);
  }

  int length() {
    return to - from;
  }
}

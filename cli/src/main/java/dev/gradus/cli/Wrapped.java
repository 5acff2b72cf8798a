package dev.gradus.cli;

import java.util.ArrayList;
import java.util.List;

/** Text cut into lines of a terminal. */
final class Wrapped {
  private static final int USUAL_WIDTH = 80;
  private static final int NARROWEST = 40;

  private Wrapped() {}

  /** The width of the terminal if it says so, otherwise 80. */
  static int width() {
    try {
      String columns = System.getenv("COLUMNS");
      return columns == null ? USUAL_WIDTH : Math.max(NARROWEST, Integer.parseInt(columns.strip()));
    } catch (NumberFormatException noNumber) {
      return USUAL_WIDTH;
    }
  }

  /**
   * Cuts a text at spaces.
   *
   * @param first what stands in front of the first line
   * @param indent how far the others are indented
   */
  static List<String> lines(String first, String text, int indent, int width) {
    var lines = new ArrayList<String>();
    var line = new StringBuilder(first);
    boolean empty = true;
    for (String word : text.split(" ", -1)) {
      int length = line.codePointCount(0, line.length()) + word.codePointCount(0, word.length());
      if (!empty && length + 1 > width) {
        lines.add(line.toString());
        line = new StringBuilder(" ".repeat(indent));
        empty = true;
      }
      line.append(empty ? "" : " ").append(word);
      empty = false;
    }
    lines.add(line.toString().stripTrailing());
    return lines;
  }
}

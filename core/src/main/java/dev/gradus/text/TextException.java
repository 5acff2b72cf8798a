package dev.gradus.text;

import dev.gradus.UserException;

/** A text that can't be read, with the place where reading stopped. */
public final class TextException extends UserException {
  private static final long serialVersionUID = 1L;
  private static final int SHOWN_AROUND = 60;

  private final transient String text;
  private final transient int position;

  TextException(String problem, String text, int position) {
    this(problem, text, position, ".");
  }

  TextException(String problem, String text, int position, String end) {
    super(
        harmless(problem)
            + " (character "
            + (position + 1)
            + " of \""
            + harmless(excerpt(text, position))
            + "\")"
            + end);
    this.text = text;
    this.position = position;
  }

  private static String excerpt(String text, int position) {
    int from = Math.max(0, position - SHOWN_AROUND);
    int to = Math.min(text.length(), position + SHOWN_AROUND);
    return (from > 0 ? "…" : "") + text.substring(from, to) + (to < text.length() ? "…" : "");
  }

  /** Without characters that control a terminal. */
  private static String harmless(String shown) {
    return shown.replaceAll("\\p{Cntrl}", " ");
  }

  /**
   * The text with a caret below the place.
   *
   * @return two lines
   */
  public String pointer() {
    return text + System.lineSeparator() + " ".repeat(position) + "^";
  }

  /**
   * The place.
   *
   * @return the index of the offending character, from 0; the text's length for its end
   */
  public int position() {
    return position;
  }
}

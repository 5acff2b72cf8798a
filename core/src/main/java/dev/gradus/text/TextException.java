package dev.gradus.text;

import dev.gradus.UserException;

/** A text that can't be read, with the place where reading stopped. */
public final class TextException extends UserException {
  private static final long serialVersionUID = 1L;

  private final transient String text;
  private final transient int position;

  TextException(String problem, String text, int position) {
    this(problem, text, position, ".");
  }

  TextException(String problem, String text, int position, String end) {
    super(problem + " (character " + (position + 1) + " of \"" + text + "\")" + end);
    this.text = text;
    this.position = position;
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

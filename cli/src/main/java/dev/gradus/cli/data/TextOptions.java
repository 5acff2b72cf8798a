package dev.gradus.cli.data;

import dev.gradus.UserException;

/**
 * How a text is cut into examples.
 *
 * @param length how many characters an example has, 1 to 65536
 */
public record TextOptions(int length) {
  /** 64 characters. */
  public static final TextOptions USUAL = new TextOptions(64);

  private static final int LONGEST = 65_536;

  /** Checks the length. */
  public TextOptions {
    if (length < 1 || length > LONGEST) {
      throw new UserException(
          "A text is cut into sequences of 1 to " + LONGEST + " characters, not " + length + ".");
    }
  }
}

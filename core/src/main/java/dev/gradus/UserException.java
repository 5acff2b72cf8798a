package dev.gradus;

import org.jspecify.annotations.Nullable;

/**
 * A mistake of the user, told in one sentence: what is wrong, where, the value found, the remedy.
 *
 * <p>The message is meant to be printed as it is, without a stack trace. The command line ends with
 * exit code 2 when it meets this exception.
 */
public class UserException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /**
   * A mistake told in one sentence.
   *
   * @param sentence what the user reads; begins with a capital letter or a name, ends with a full
   *     stop
   */
  public UserException(String sentence) {
    super(sentence);
  }

  /**
   * A mistake told in one sentence, with the failure that revealed it.
   *
   * @param sentence what the user reads; begins with a capital letter or a name, ends with a full
   *     stop
   * @param cause the failure behind the sentence, for logs, or null when there is none
   */
  public UserException(String sentence, @Nullable Throwable cause) {
    super(sentence, cause);
  }
}

package dev.gradus.cli.data;

import java.io.IOException;

/** A file that is not the image its name promises; the message continues the file's name. */
final class UnreadableImageException extends IOException {
  private static final long serialVersionUID = 1L;

  UnreadableImageException(String predicate) {
    super(predicate);
  }

  UnreadableImageException(String predicate, Throwable cause) {
    super(predicate, cause);
  }
}

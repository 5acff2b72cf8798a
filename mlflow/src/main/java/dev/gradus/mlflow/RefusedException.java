package dev.gradus.mlflow;

import java.io.IOException;

/** The server will not take a request, however often it is sent. */
final class RefusedException extends IOException {
  private static final long serialVersionUID = 1L;

  RefusedException(String message) {
    super(message);
  }
}

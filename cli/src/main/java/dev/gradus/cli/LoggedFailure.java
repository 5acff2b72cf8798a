package dev.gradus.cli;

import java.nio.file.Path;

/** A failure that is not the user's, whose stack trace is in a run's log already. */
final class LoggedFailure extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient Path log;

  LoggedFailure(Path log, Throwable cause) {
    super(cause);
    this.log = log;
  }

  Path log() {
    return log;
  }
}

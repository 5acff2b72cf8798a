package dev.gradus.cli;

import dev.gradus.UserException;
import dev.gradus.text.TextException;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ParameterException;

/** Tells in one sentence why a command could not do its work. */
final class Failures {
  private final PrintWriter err;

  Failures(PrintWriter err) {
    this.err = err;
  }

  /** The exit code for a mistake in the command line. */
  int refuse(ParameterException mistake) {
    say(Mistakes.sentence(mistake));
    point(mistake.getCause());
    return Gradus.USER_MISTAKE;
  }

  /** The exit code for whatever a command has thrown. */
  int report(Throwable failure) {
    if (failure instanceof UserException mistake) {
      say(String.valueOf(mistake.getMessage()));
      point(mistake);
      return Gradus.USER_MISTAKE;
    }
    say(
        "This is a fault of Gradus, not yours (%s); the details are in %s."
            .formatted(name(failure), log(failure).map(Path::toString).orElse("no file")));
    return Gradus.OUR_FAULT;
  }

  private static String name(Throwable failure) {
    var cause = failure instanceof LoggedFailure logged ? logged.getCause() : failure;
    return cause == null ? "" : cause.getClass().getSimpleName();
  }

  private static Optional<Path> log(Throwable failure) {
    return failure instanceof LoggedFailure logged ? Optional.of(logged.log()) : write(failure);
  }

  private static Optional<Path> write(Throwable failure) {
    try {
      var file = Files.createTempFile("gradus-failure-", ".txt");
      try (var writer = new PrintWriter(Files.newBufferedWriter(file))) {
        failure.printStackTrace(writer);
      }
      return Optional.of(file);
    } catch (IOException noPlace) {
      failure.addSuppressed(noPlace);
      return Optional.empty();
    }
  }

  private void point(@Nullable Throwable mistake) {
    if (mistake instanceof TextException text) {
      text.pointer().lines().forEach(line -> err.println("  " + line));
    }
    err.flush();
  }

  private void say(String sentence) {
    err.println("gradus: " + sentence);
    err.flush();
  }
}

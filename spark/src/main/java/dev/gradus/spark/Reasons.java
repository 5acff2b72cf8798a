package dev.gradus.spark;

import java.io.IOException;

/** Failures of Spark and Hadoop in the words of a sentence. */
final class Reasons {
  private Reasons() {}

  static String of(Throwable failure) {
    var deepest = failure;
    while (deepest.getCause() != null) {
      deepest = deepest.getCause();
    }
    String kind = deepest.getClass().getSimpleName();
    String message = deepest.getMessage();
    if (message == null) {
      return kind;
    }
    String line = message.lines().findFirst().orElse("");
    return deepest.getClass() == IOException.class ? line : kind + ": " + line;
  }
}

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
    String message = String.valueOf(deepest.getMessage()).lines().findFirst().orElse("");
    return deepest.getClass() == IOException.class
        ? message
        : deepest.getClass().getSimpleName() + ": " + message;
  }
}

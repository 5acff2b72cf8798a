package dev.gradus.spark;

/** Failures of Spark's network layer in the words of a sentence. */
final class Reasons {
  private Reasons() {}

  static String of(Throwable failure) {
    var deepest = failure;
    while (deepest.getCause() != null) {
      deepest = deepest.getCause();
    }
    String message = String.valueOf(deepest.getMessage()).lines().findFirst().orElse("");
    return deepest.getClass().getSimpleName() + ": " + message;
  }
}

package dev.gradus.djl.doctor;

/**
 * Something to look at.
 *
 * @param name a few words
 * @param trial finds out; what it throws is a fault
 */
record Check(String name, Trial trial) {
  /** Tries something out. */
  @FunctionalInterface
  interface Trial {
    Finding of(String check) throws Exception;
  }

  Finding run() {
    try {
      return trial.of(name);
    } catch (Exception | LinkageError failure) {
      return Finding.fault(
          name,
          failure.getClass().getSimpleName() + ": " + failure.getMessage(),
          "mend what the message names, then look again");
    }
  }
}

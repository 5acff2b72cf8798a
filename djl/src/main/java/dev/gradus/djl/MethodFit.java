package dev.gradus.djl;

import dev.gradus.UserException;

/** What can't go together with a training method other than back-propagation. */
final class MethodFit {
  private MethodFit() {}

  /**
   * Refuses what would not be what it says.
   *
   * @throws UserException naming it and the remedy
   */
  static void require(Training training) {
    var method = training.method;
    if (training.instances.trustedBatch() > 0 && !method.equals(TrainingMethod.BACK_PROPAGATION)) {
      throw new UserException(
          "%s compares gradients of back-propagation, which %s does not make; leave one of them out."
              .formatted(training.instances, method));
    }
    if (!training.instances.equals(InstanceMethod.UNIFORM) && !method.usesAllLabels()) {
      throw new UserException(
          "%s learns from the labels of all examples, some of which %s does not look at; leave one of them out."
              .formatted(training.instances, method));
    }
    if (training.transport != null) {
      method.requireSharing();
    }
    if (training.onNotFinite == OnNotFinite.SKIP && method.updates() > 1) {
      throw new UserException(
          "%s updates the weights %d times in a step, which can't be left out afterwards; make it one iteration, or let the run stop."
              .formatted(method, method.updates()));
    }
  }
}

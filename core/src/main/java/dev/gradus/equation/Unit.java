package dev.gradus.equation;

/** What a step so far is measured in. */
public enum Unit {
  /** Still to be multiplied by the learning rate. */
  STEP,
  /** Already contains the learning rate: subtracted from the weight as it is. */
  DISPLACEMENT
}

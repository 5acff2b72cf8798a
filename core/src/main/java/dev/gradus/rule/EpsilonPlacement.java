package dev.gradus.rule;

/** Where Adam adds its epsilon; it tells for weights whose gradients are about as small. */
public enum EpsilonPlacement {
  /** √v′ ÷ √(1 − beta2ᵗ) + epsilon, as in the paper's algorithm and PyTorch. */
  AFTER_CORRECTION,
  /** (√v′ + epsilon) ÷ √(1 − beta2ᵗ), as in DJL and TensorFlow: the paper's epsilon hat. */
  BEFORE_CORRECTION
}

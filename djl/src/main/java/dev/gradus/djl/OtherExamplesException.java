package dev.gradus.djl;

import dev.gradus.UserException;

/**
 * A run cannot go on, because the training examples of its checkpoint are others than those of now.
 * A new run can begin with what was learned about the same ones: {@link Training#instancesFrom}.
 */
public final class OtherExamplesException extends UserException {
  private static final long serialVersionUID = 1L;

  OtherExamplesException(String sentence) {
    super(sentence);
  }
}

package dev.gradus.cli;

import dev.gradus.UserException;
import dev.gradus.djl.data.DataSet;
import dev.gradus.djl.data.Examples;

/** A part of a run's data. */
enum DataPart {
  TRAIN,
  VALIDATION,
  TEST;

  /**
   * Its examples.
   *
   * @throws UserException if there are none
   */
  Examples of(DataSet set) {
    var examples =
        switch (this) {
          case TRAIN -> set.train();
          case VALIDATION -> set.validation();
          case TEST -> set.test();
        };
    if (examples.size() == 0) {
      throw new UserException(
          "The data set '%s' has no %s part.".formatted(set.name(), OneOf.word(this)));
    }
    return examples;
  }
}

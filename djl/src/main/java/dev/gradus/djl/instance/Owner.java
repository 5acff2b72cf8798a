package dev.gradus.djl.instance;

import dev.gradus.djl.Batch;

/** Whom a learned number belongs to. */
enum Owner {
  /** A training instance. */
  INSTANCE {
    @Override
    int of(Batch batch, int place) {
      return batch.index(place);
    }
  },
  /** A class. */
  CLASS {
    @Override
    int of(Batch batch, int place) {
      return (int) batch.target(place);
    }
  };

  /** The number of the owner that the instance at a place of a batch has. */
  abstract int of(Batch batch, int place);
}

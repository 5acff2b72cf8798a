package dev.gradus.djl.admm;

import dev.gradus.djl.data.SplitMix64;

/**
 * The first dictionary for some activations.
 *
 * @param first how it begins
 * @param update how it will learn, which decides whether it may begin with zeros
 * @param seed decides random numbers
 */
record DictionaryStart(FirstDictionary first, DictionaryUpdate update, long seed) {
  private static final long PURPOSE = 0x666163746f7273L;

  /** Rows of length 1. */
  float[][] rows(float[][] examples, int rank) {
    var rows =
        switch (first) {
          case RANDOM -> new float[rank][examples[0].length];
          case NNDSVD -> Nndsvd.rows(examples, rank);
        };
    float mean = mean(examples);
    for (int number = 0; number < rank; number++) {
      if (length(rows[number]) == 0) {
        fill(rows[number], number);
      } else if (update == DictionaryUpdate.MULTIPLICATIVE) {
        raise(rows[number], mean);
      }
      unit(rows[number]);
    }
    return rows;
  }

  private void fill(float[] row, int number) {
    var bits = SplitMix64.at(seed, PURPOSE, number);
    for (int i = 0; i < row.length; i++) {
      row[i] = (float) ((bits.next() >>> 11) * 0x1p-53);
    }
  }

  private static void raise(float[] row, float to) {
    for (int i = 0; i < row.length; i++) {
      row[i] = row[i] == 0 ? to : row[i];
    }
  }

  private static float mean(float[][] examples) {
    double sum = 0;
    for (float[] example : examples) {
      for (float activation : example) {
        sum += activation;
      }
    }
    return (float) (sum / examples.length / examples[0].length);
  }

  /** Brings a row to length 1, unless it has only zeros. */
  static float[] unit(float[] row) {
    double length = length(row);
    for (int i = 0; i < row.length && length > 0; i++) {
      row[i] /= (float) length;
    }
    return row;
  }

  private static double length(float[] row) {
    double squares = 0;
    for (float entry : row) {
      squares += (double) entry * entry;
    }
    return Math.sqrt(squares);
  }
}

package dev.gradus.djl.admm;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import dev.gradus.UserException;
import java.util.Arrays;

/**
 * Factors that have been learned: rows without negative numbers, of length 1, some of which, each
 * times its score, add up to about the activations of an example.
 */
public final class Dictionary {
  /** So many examples are looked at together. */
  private static final int PORTION = 4096;

  /** From so many examples a factorisation begins. */
  private static final int BEGINNING = 1000;

  private static final long SEED = 0;

  /** Scores of factors that are found afterwards are as they come. */
  static final Scoring FREE = new Scoring(0, 1, FactorLayer.DEFAULT_ITERATIONS);

  private final float[][] rows;
  private final Scoring scoring;

  private Dictionary(float[][] rows, Scoring scoring) {
    this.rows = rows;
    this.scoring = scoring;
  }

  static Dictionary of(NDArray rows, Scoring scoring) {
    return new Dictionary(Rows.of(rows).rows(), scoring);
  }

  /**
   * Factorises activations that nobody has prepared for it, such as the features of a network that
   * is already trained: non-negative matrix factorisation from singular vectors, by multiplicative
   * updates of scores and dictionary in turns (Lee and Seung 2001).
   *
   * @param activations an example a row, without negative numbers
   * @param rank how many factors, from 1 to as many as there are activations
   * @param rounds how many updates of each, 0 or more
   * @return the dictionary
   * @throws UserException if the rank is larger, or something is below 0
   */
  public static Dictionary of(float[][] activations, int rank, int rounds) {
    require(activations, rank);
    var update = DictionaryUpdate.MULTIPLICATIVE;
    var start = new DictionaryStart(FirstDictionary.NNDSVD, update, SEED);
    try (var work = new Factorising(activations, start.rows(few(activations), rank), update)) {
      for (int round = 0; round < rounds; round++) {
        work.round();
      }
      return new Dictionary(unit(work.rows()), FREE);
    }
  }

  private static void require(float[][] activations, int rank) {
    int width = activations[0].length;
    if (rank > width) {
      throw new UserException(
          "%d factors are more than the %d activations that they stand for; take a rank of %d or less."
              .formatted(rank, width, width));
    }
    for (float[] example : activations) {
      for (float activation : example) {
        if (activation < 0) {
          throw new UserException(
              "Among the activations are some below 0, such as %.3g, for which factors cannot stand; take those behind a ReLU."
                  .formatted(activation));
        }
      }
    }
  }

  /** Examples from everywhere. */
  private static float[][] few(float[][] activations) {
    int count = Math.min(BEGINNING, activations.length);
    var few = new float[count][];
    for (int i = 0; i < count; i++) {
      few[i] = activations[(int) ((long) i * activations.length / count)];
    }
    return few;
  }

  private static float[][] unit(float[][] rows) {
    for (float[] row : rows) {
      DictionaryStart.unit(row);
    }
    return rows;
  }

  /**
   * How many factors there are.
   *
   * @return 1 or more
   */
  public int rank() {
    return rows.length;
  }

  /**
   * What a factor stands for.
   *
   * @param factor its number, from 0
   * @return a number for each activation, 0 or more
   */
  public float[] row(int factor) {
    return rows[factor].clone();
  }

  /**
   * How much of each factor examples have.
   *
   * @param activations an example a row
   * @return the scores, an example a row, 0 or more
   */
  public float[][] scores(float[][] activations) {
    var scores = new float[activations.length][];
    try (var manager = NDManager.newBaseManager()) {
      var dictionary = manager.create(rows);
      for (int from = 0; from < activations.length; from += PORTION) {
        int to = Math.min(activations.length, from + PORTION);
        try (var scope = new NDScope()) {
          scope.suppressNotUsedWarning();
          var part = manager.create(Arrays.copyOfRange(activations, from, to));
          System.arraycopy(
              Rows.of(scoring.scores(dictionary, part)).rows(), 0, scores, from, to - from);
        }
      }
    }
    return scores;
  }

  /**
   * How much of activations their scores explain.
   *
   * @param activations an example a row
   * @param scores of the same examples
   * @return 1 − ‖A − S M‖² ÷ ‖A‖²; 1 if nothing is left
   */
  public double explained(float[][] activations, float[][] scores) {
    double left = 0;
    double all = 0;
    for (int example = 0; example < activations.length; example++) {
      for (int i = 0; i < activations[example].length; i++) {
        double rest = activations[example][i];
        all += rest * rest;
        for (int factor = 0; factor < rows.length; factor++) {
          rest -= (double) scores[example][factor] * rows[factor][i];
        }
        left += rest * rest;
      }
    }
    return all == 0 ? 1 : 1 - left / all;
  }
}

package dev.gradus.djl.admm;

import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Parameter;
import ai.djl.training.initializer.Initializer;
import dev.gradus.UserException;

/**
 * A layer whose inputs A ≥ 0 are factorised, A ≈ S × M, and whose outputs are the scores S ≥ 0 of
 * the examples. Rows of the dictionary M ≥ 0 have length 1, so a score tells how much of a factor
 * an example has.
 *
 * <p>No gradient passes it: train it with {@link DeepFacto}. The dictionary is a parameter {@code
 * dictionary} of shape (rank, width) without a gradient, which has only zeros before the first
 * step; checkpoints and exports have it, and a trained network finds the scores of new examples by
 * itself.
 *
 * <p>Reference: Khorram, Fu, Danesh, Qi and Li, Stochastic Block-ADMM for Training Deep Networks,
 * arXiv 2105.00339, 2021; Lee and Seung, Learning the Parts of Objects by Non-negative Matrix
 * Factorization, Nature 401, 1999.
 */
public final class FactorLayer extends JunctionLayer {
  /** How many factors, if nobody says. */
  public static final int DEFAULT_RANK = 32;

  /** The price of a score, if nobody says. */
  public static final double DEFAULT_PRICE = 0.05;

  /** Which share of the factors an example uses at most, if nobody says. */
  public static final double DEFAULT_USED = 0.45;

  /** In how many iterations scores are found, if nobody says. */
  public static final int DEFAULT_ITERATIONS = 30;

  private final int rank;
  private final Scoring scoring;
  private final Parameter dictionary;

  /**
   * A layer that has learned nothing.
   *
   * @param rank how many factors, 1 or more and no more than there are inputs
   * @param price what each unit of a score costs beside half the squared distance of S × M from A,
   *     in [0, ∞); it makes more scores 0
   * @param used which share of the factors an example uses at most, unless scores are equal; in (0,
   *     1], rounded down, but never to none
   * @param iterations in how many projected gradient steps scores are found, 1 or more; below a
   *     share of 1 they are found twice
   */
  public FactorLayer(int rank, double price, double used, int iterations) {
    if (rank < 1 || iterations < 1 || !(price >= 0) || !(used > 0 && used <= 1)) {
      throw new UserException(
          "A layer of factors has 1 or more of them, of which examples use a share in (0, 1], and finds scores in 1 or more iterations at a price of 0 or more, not %d, %s, in %d at %s."
              .formatted(rank, used, iterations, price));
    }
    this.rank = rank;
    scoring = new Scoring(price, used, iterations);
    dictionary =
        addParameter(
            Parameter.builder()
                .setName("dictionary")
                .setType(Parameter.Type.OTHER)
                .optRequiresGrad(false)
                .optInitializer(Initializer.ZEROS)
                .build());
  }

  /**
   * A layer that has learned nothing, with the usual scores.
   *
   * @param rank how many factors, 1 or more and no more than there are inputs
   */
  public FactorLayer(int rank) {
    this(rank, DEFAULT_PRICE, DEFAULT_USED, DEFAULT_ITERATIONS);
  }

  @Override
  protected void prepare(Shape[] inputShapes) {
    if (inputShapes[0].dimension() != 2) {
      throw new UserException(
          "Factors stand for vectors, not for activations of the shape %s; flatten them before."
              .formatted(inputShapes[0]));
    }
    long width = inputShapes[0].get(1);
    if (rank > width) {
      throw new UserException(
          "%d factors are more than the %d activations that they stand for; take a rank of %d or less."
              .formatted(rank, width, width));
    }
    dictionary.setShape(new Shape(rank, width));
  }

  @Override
  Junction junction() {
    return junction(1, Learning.NOTHING);
  }

  /** What the layer means while its dictionary learns. */
  Junction junction(double rho, Learning learning) {
    return new Factors(dictionary, scoring, rho, learning);
  }

  Parameter parameter() {
    return dictionary;
  }

  /**
   * What it has learned.
   *
   * @return a copy of the dictionary
   */
  public Dictionary dictionary() {
    return Dictionary.of(dictionary.getArray(), scoring);
  }

  @Override
  public Shape[] getOutputShapes(Shape[] inputShapes) {
    return new Shape[] {new Shape(inputShapes[0].get(0), rank)};
  }
}

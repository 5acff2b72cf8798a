package dev.gradus.djl.admm;

import ai.djl.ndarray.NDArray;
import dev.gradus.UserException;
import dev.gradus.text.Catalogue;
import dev.gradus.text.Name;
import dev.gradus.text.Range;
import dev.gradus.text.RecordType;
import java.util.List;

/** What auxiliary variables are kept to, as a proximal operator. */
public sealed interface Constraint {

  /** All constraints, by the names under which text may name them. */
  Catalogue<Constraint> CATALOGUE =
      new Catalogue<>(
          "constraint",
          Constraint.class,
          List.of(
              Free.class,
              NonNegative.class,
              Lasso.class,
              Box.class,
              Simplex.class,
              LowRank.class,
              Signs.class,
              Levels.class,
              HardThreshold.class));

  /**
   * Reads a constraint.
   *
   * @param text such as {@code l1(0.01)}
   * @return the constraint
   * @throws dev.gradus.text.TextException pointing at the character where reading stopped
   */
  static Constraint parse(String text) {
    return CATALOGUE.single(text);
  }

  /**
   * Moves values to where they are allowed or cheaper.
   *
   * @param values the first dimension counts examples
   * @param step by how much a gradient was multiplied before, for constraints that have a price
   * @return as many values; new arrays belong to the manager of the old ones
   */
  NDArray nearest(NDArray values, double step);

  /** Any values. */
  @Name("free")
  record Free() implements Constraint {
    @Override
    public NDArray nearest(NDArray values, double step) {
      return values;
    }

    @Override
    public String toString() {
      return RecordType.of(Free.class).print(this);
    }
  }

  /** No value is below 0. */
  @Name("non-negative")
  record NonNegative() implements Constraint {
    @Override
    public NDArray nearest(NDArray values, double step) {
      return values.maximum(0);
    }

    @Override
    public String toString() {
      return RecordType.of(NonNegative.class).print(this);
    }
  }

  /**
   * The sum of absolute values has a price, which makes many of them 0.
   *
   * @param price for each unit, in [0, ∞)
   */
  @Name("l1")
  record Lasso(@Range("[0, ∞)") double price) implements Constraint {
    /** Checks the range. */
    public Lasso {
      RecordType.check(Lasso.class, price);
    }

    /** A price of 0.001. */
    public Lasso() {
      this(1e-3);
    }

    @Override
    public NDArray nearest(NDArray values, double step) {
      return values.abs().sub(step * price).maximum(0).mul(values.sign());
    }

    @Override
    public String toString() {
      return RecordType.of(Lasso.class).print(this);
    }
  }

  /**
   * Values within bounds.
   *
   * @param low the lowest
   * @param high the highest
   */
  @Name("box")
  record Box(double low, double high) implements Constraint {
    /** Refuses an empty box. */
    public Box {
      RecordType.check(Box.class, low, high);
      if (!(low < high)) {
        throw new UserException(
            "No value lies between %s and %s; the low end of a box is below the high one."
                .formatted(low, high));
      }
    }

    /** From 0 to 1. */
    public Box() {
      this(0, 1);
    }

    @Override
    public NDArray nearest(NDArray values, double step) {
      return values.clip(low, high);
    }

    @Override
    public String toString() {
      return RecordType.of(Box.class).print(this);
    }
  }

  /** The values of an example are 0 or more and add up to 1. */
  @Name("simplex")
  record Simplex() implements Constraint {
    @Override
    public NDArray nearest(NDArray values, double step) {
      return Rows.of(values).changed(SimplexProjection::apply);
    }

    @Override
    public String toString() {
      return RecordType.of(Simplex.class).print(this);
    }
  }

  /**
   * The examples of a batch, one a row, make a matrix of low rank.
   *
   * @param rank the largest, 1 or more
   */
  @Name("low-rank")
  record LowRank(@Range("[1, ∞)") int rank) implements Constraint {
    /** Checks the range. */
    public LowRank {
      RecordType.check(LowRank.class, rank);
    }

    /** A rank of 8. */
    public LowRank() {
      this(8);
    }

    @Override
    public NDArray nearest(NDArray values, double step) {
      return new LowRankProjection(rank).of(values);
    }

    @Override
    public String toString() {
      return RecordType.of(LowRank.class).print(this);
    }
  }

  /** Every value is −1 or 1. */
  @Name("signs")
  record Signs() implements Constraint {
    @Override
    public NDArray nearest(NDArray values, double step) {
      return values.gte(0).toType(values.getDataType(), false).mul(2).sub(1);
    }

    @Override
    public String toString() {
      return RecordType.of(Signs.class).print(this);
    }
  }

  /**
   * Every value is one of some equally far apart.
   *
   * @param count how many, 2 or more
   * @param low the lowest
   * @param high the highest
   */
  @Name("levels")
  record Levels(@Range("[2, ∞)") int count, double low, double high) implements Constraint {
    /** Refuses levels that are one. */
    public Levels {
      RecordType.check(Levels.class, count, low, high);
      if (!(low < high)) {
        throw new UserException(
            "There are no %d levels from %s up to %s; the low end is below the high one."
                .formatted(count, low, high));
      }
    }

    /** Four levels from 0 to 1. */
    public Levels() {
      this(4, 0, 1);
    }

    @Override
    public NDArray nearest(NDArray values, double step) {
      double apart = (high - low) / (count - 1);
      return values.clip(low, high).sub(low).div(apart).round().mul(apart).add(low);
    }

    @Override
    public String toString() {
      return RecordType.of(Levels.class).print(this);
    }
  }

  /**
   * Every value is 0 or far from it. Proximal for a price of threshold² ÷ (2 × step) on each value
   * that is not 0.
   *
   * @param threshold what a value's distance from 0 must exceed, in (0, ∞)
   */
  @Name("hard-threshold")
  record HardThreshold(@Range("(0, ∞)") double threshold) implements Constraint {
    /** Checks the range. */
    public HardThreshold {
      RecordType.check(HardThreshold.class, threshold);
    }

    /** A threshold of 0.5. */
    public HardThreshold() {
      this(0.5);
    }

    @Override
    public NDArray nearest(NDArray values, double step) {
      return values.mul(values.abs().gt(threshold).toType(values.getDataType(), false));
    }

    @Override
    public String toString() {
      return RecordType.of(HardThreshold.class).print(this);
    }
  }
}

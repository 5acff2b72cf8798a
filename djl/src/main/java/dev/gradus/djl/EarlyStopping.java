package dev.gradus.djl;

import dev.gradus.UserException;
import dev.gradus.djl.data.DataSet;
import java.util.Map;

/**
 * When a run ends before its last epoch: when the validation metric of its {@link Choice} has not
 * improved for some epochs in a row. The weights of the best epoch are kept in any case.
 *
 * <p>An epoch is an improvement if its figure is better than the one of the last improvement by
 * more than {@code minimumImprovement}; a figure that is not a number never is. Counting goes on
 * where it was when a run is resumed.
 *
 * @param patience after how many epochs in a row without improvement the run ends, 1 or more
 * @param minimumImprovement by how much a figure must be better, in the metric's unit, in [0, ∞)
 * @param firstEpochs how many epochs at the beginning are not counted, 0 or more
 */
public record EarlyStopping(int patience, double minimumImprovement, int firstEpochs) {
  /** Never: all epochs are made. */
  public static final EarlyStopping NEVER = after(Integer.MAX_VALUE);

  /** Checks the numbers. */
  public EarlyStopping {
    if (patience < 1) {
      throw new UserException(
          "Early stopping bears 1 epoch without improvement or more, not " + patience + ".");
    }
    if (!(minimumImprovement >= 0) || Double.isInfinite(minimumImprovement)) {
      throw new UserException(
          "The smallest improvement is a number of 0 or more, not " + minimumImprovement + ".");
    }
    if (firstEpochs < 0) {
      throw new UserException(
          "Early stopping leaves out the first 0 epochs or more, not " + firstEpochs + ".");
    }
  }

  /**
   * The end after some epochs in which nothing has improved at all.
   *
   * @param patience after how many in a row, 1 or more
   * @return the rule
   */
  public static EarlyStopping after(int patience) {
    return new EarlyStopping(patience, 0, 0);
  }

  /**
   * The same, where smaller improvements do not count.
   *
   * @param minimum in the metric's unit, in [0, ∞)
   * @return the changed rule
   */
  public EarlyStopping byMoreThan(double minimum) {
    return new EarlyStopping(patience, minimum, firstEpochs);
  }

  /**
   * The same, with so many epochs at the beginning not counted.
   *
   * @param epochs 0 or more
   * @return the changed rule
   */
  public EarlyStopping sparing(int epochs) {
    return new EarlyStopping(patience, minimumImprovement, epochs);
  }

  /** What has become of the metric after one more epoch, whose number counts from 0. */
  Standstill after(Standstill before, long epoch, Choice choice, Map<String, Double> metrics) {
    double figure = choice.figure(metrics);
    if (choice.improves(figure, before.figure(), minimumImprovement)) {
      return new Standstill(figure, 0);
    }
    return new Standstill(before.figure(), epoch < firstEpochs ? 0 : before.epochs() + 1);
  }

  /**
   * Refuses to watch what is not measured.
   *
   * @param data what is trained on
   * @param choice what is watched
   * @throws UserException if there are no validation examples
   */
  public void require(DataSet data, Choice choice) {
    if (data.validation().size() == 0 && !equals(NEVER)) {
      throw new UserException(
          "Early stopping watches the validation %s, but the data set %s has no validation"
                  .formatted(choice.metric(), data.name())
              + " examples; keep some or leave early stopping out.");
    }
  }

  /** Whether the run ends. */
  boolean isDue(Standstill standstill) {
    return standstill.epochs() >= patience;
  }

  /** The rule in words, as a checkpoint keeps it; empty for {@link #NEVER}. */
  @Override
  public String toString() {
    return equals(NEVER)
        ? ""
        : "after %d without improvement by more than %s, the first %d not counted"
            .formatted(patience, minimumImprovement, firstEpochs);
  }
}

package dev.gradus.djl;

import dev.gradus.Group;
import dev.gradus.UserException;
import dev.gradus.djl.data.DataSet;
import dev.gradus.schedule.Exponential;
import java.util.ArrayList;
import java.util.List;

/**
 * A range test: training over some hundred steps while the learning rate grows from step to step by
 * the same factor, to see at which rates the loss falls.
 *
 * <p>Only training examples are read. The test ends when the running mean of the loss is above
 * twice the loss at the start, when a loss or gradient is not finite, or when the steps are done.
 *
 * <p>Reference: Smith, Cyclical Learning Rates for Training Neural Networks, WACV 2017.
 *
 * @param lowest the rate of the first step, above 0
 * @param highest the rate of the last step, above the lowest
 * @param steps how many steps, at least {@value #FEWEST_STEPS}
 */
public record RangeTest(double lowest, double highest, int steps) {
  /** The fewest steps from which a curve can be read. */
  public static final int FEWEST_STEPS = 20;

  private static final double MEMORY = 0.9;
  private static final double DIVERGED = 2;

  /** Refuses a range without a beginning, an end or steps between them. */
  public RangeTest {
    if (!(lowest > 0 && highest > lowest && Double.isFinite(highest))) {
      throw new UserException(
          "Learning rates can't grow from %s to %s; give a range above 0 that goes up."
              .formatted(lowest, highest));
    }
    if (steps < FEWEST_STEPS) {
      throw new UserException(
          "A range test of %d steps shows nothing; it needs at least %d."
              .formatted(steps, FEWEST_STEPS));
    }
  }

  /**
   * The training examples of a data set without the others.
   *
   * @param data the data set
   * @return the same with no validation and no test examples
   */
  public static DataSet trainingPart(DataSet data) {
    var none = data.train().subset(new int[0]);
    return new DataSet(
        data.name(),
        data.statements(),
        data.task(),
        data.columns(),
        data.normalisation(),
        data.train(),
        none,
        none);
  }

  /**
   * Carries the test out.
   *
   * @param training a description with network, data and batch; its epochs are set here
   * @param group the rules to test; its learning rate and schedule are set here
   * @param listener is told everything that happens
   * @return the loss at every rate
   */
  public LossCurve run(Training training, Group group, TrainingListener listener) {
    var seen = new Seen(steps);
    double growth = Math.pow(highest / lowest, 1.0 / (steps - 1));
    training
        .group(group.withLearningRate(lowest).withSchedule(new Exponential(growth)))
        .epochs(steps + 1)
        .onNotFinite(OnNotFinite.SKIP)
        .listener(listener)
        .listener(seen)
        .stopWhen(seen::isOver)
        .run();
    return new LossCurve(seen.points, steps, seen.diverged);
  }

  /** The losses so far. */
  private static final class Seen implements TrainingListener {
    private final int steps;
    private final List<LossCurve.Point> points = new ArrayList<>();
    private double sum;
    private double weight;
    private double first;
    private boolean diverged;

    Seen(int steps) {
      this.steps = steps;
    }

    @Override
    public void on(TrainingEvent event) {
      switch (event) {
        case TrainingEvent.StepDone step -> add(step);
        case TrainingEvent.StepSkipped _ -> diverged = true;
        default -> {}
      }
    }

    private void add(TrainingEvent.StepDone step) {
      points.add(new LossCurve.Point(step.learningRate(), step.loss()));
      sum = MEMORY * sum + (1 - MEMORY) * step.loss();
      weight = MEMORY * weight + 1 - MEMORY;
      first = points.size() == 1 ? step.loss() : first;
      diverged = sum / weight > DIVERGED * first;
    }

    boolean isOver() {
      return diverged || points.size() >= steps;
    }
  }
}

package dev.gradus.examples;

import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import ai.djl.nn.Block;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.core.Linear;
import ai.djl.training.dataset.ArrayDataset;
import dev.gradus.djl.DjlExamples;
import dev.gradus.djl.data.DataSet;
import dev.gradus.djl.data.Task;
import java.util.List;
import java.util.Random;

/** Points in the plane on three arms of a spiral; a network is to tell which. */
public final class Spirals {
  /** What the arms are called. */
  public static final List<String> ARMS = List.of("first", "second", "third");

  private static final double TURN = 2.5;
  private static final double NOISE = 0.05;

  private Spirals() {}

  /**
   * Points with the numbers of their arms.
   *
   * @param manager owns the arrays
   * @param count how many
   * @param seed decides which
   * @return DJL's data set, in random order
   */
  public static ArrayDataset points(NDManager manager, int count, long seed) {
    var random = new Random(seed);
    var points = new float[2 * count];
    var arms = new float[count];
    for (int i = 0; i < count; i++) {
      int arm = i % ARMS.size();
      double radius = random.nextDouble();
      double angle =
          TURN * radius + 2 * Math.PI * arm / ARMS.size() + NOISE * random.nextGaussian();
      points[2 * i] = (float) (radius * Math.cos(angle));
      points[2 * i + 1] = (float) (radius * Math.sin(angle));
      arms[i] = arm;
    }
    return new ArrayDataset.Builder()
        .setData(manager.create(points, new Shape(count, 2)))
        .optLabels(manager.create(arms))
        .setSampling(32, true)
        .build();
  }

  /**
   * 600 points to learn from, 150 to choose on and 150 for the test.
   *
   * @param manager owns the arrays
   * @return the same points every time
   */
  public static DataSet data(NDManager manager) {
    return DataSet.of(
        "spirals",
        new Task.Classification(ARMS),
        DjlExamples.of(points(manager, 600, 1)),
        DjlExamples.of(points(manager, 150, 2)),
        DjlExamples.of(points(manager, 150, 3)));
  }

  /**
   * A small network.
   *
   * @return two coordinates in, one number for each arm out
   */
  public static Block network() {
    return new SequentialBlock()
        .add(Linear.builder().setUnits(32).build())
        .add(Activation.tanhBlock())
        .add(Linear.builder().setUnits(32).build())
        .add(Activation.tanhBlock())
        .add(Linear.builder().setUnits(ARMS.size()).build());
  }
}

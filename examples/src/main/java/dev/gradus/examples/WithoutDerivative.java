package dev.gradus.examples;

import ai.djl.ndarray.NDManager;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.core.Linear;
import dev.gradus.Group;
import dev.gradus.Rules;
import dev.gradus.djl.Network;
import dev.gradus.djl.Training;
import dev.gradus.djl.admm.BlockAdmm;
import dev.gradus.djl.admm.Constraint;
import dev.gradus.djl.admm.Cuts;
import dev.gradus.djl.admm.ProjectionLayer;
import dev.gradus.schedule.Schedules;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Networks whose hidden units have no derivative to train them by: signs, four levels, and numbers
 * that are 0 unless they are large. Block-ADMM trains the layer below them all the same.
 */
public final class WithoutDerivative {
  private static final List<Constraint> UNITS =
      List.of(
          new Constraint.Signs(),
          new Constraint.Levels(4, -1, 1),
          new Constraint.HardThreshold(0.5));

  private WithoutDerivative() {}

  /**
   * Prints the test accuracy with each kind of units.
   *
   * @param arguments how many epochs; 60 unless given
   */
  public static void main(String[] arguments) {
    int epochs = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 60;
    for (Constraint units : UNITS) {
      System.out.printf("%s: accuracy %s%n", units, accuracy(units, epochs));
    }
  }

  private static @Nullable Double accuracy(Constraint units, int epochs) {
    try (var manager = NDManager.newBaseManager();
        var network = Network.of("spirals", network(units))) {
      return Training.of(network, Spirals.data(manager))
          .group(Group.all(Rules.parse("adam"), 1e-2).withSchedule(Schedules.parse("cosine")))
          .batch(32)
          .epochs(epochs)
          .method(new BlockAdmm().with("cuts", new Cuts.Balanced(2)))
          .run()
          .test()
          .get("accuracy");
    }
  }

  private static SequentialBlock network(Constraint units) {
    return new SequentialBlock()
        .add(Linear.builder().setUnits(64).build())
        .add(new ProjectionLayer(units))
        .add(Linear.builder().setUnits(Spirals.ARMS.size()).build());
  }
}

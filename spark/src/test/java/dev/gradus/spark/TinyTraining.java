package dev.gradus.spark;

import ai.djl.nn.Activation;
import ai.djl.nn.Blocks;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.core.Linear;
import ai.djl.nn.norm.BatchNorm;
import ai.djl.nn.norm.Dropout;
import dev.gradus.Group;
import dev.gradus.Rules;
import dev.gradus.djl.Network;
import dev.gradus.djl.Training;
import dev.gradus.djl.data.DataSet;
import dev.gradus.djl.data.Examples;
import dev.gradus.djl.data.Normalisation;
import dev.gradus.djl.data.Task;
import java.util.List;
import java.util.Random;
import java.util.Set;

/** A small network that learns generated numbers. */
final class TinyTraining {
  private static final int INPUTS = 24;

  private TinyTraining() {}

  /** Rows of numbers; the largest of the first three tells the class. */
  private record Rows(int size, long seed) implements Examples {
    @Override
    public List<Long> inputShape() {
      return List.of((long) INPUTS);
    }

    @Override
    public List<Long> targetShape() {
      return List.of();
    }

    @Override
    public void input(int index, float[] into, int offset) {
      var random = new Random(seed * 1_000_003 + index);
      for (int i = 0; i < INPUTS; i++) {
        into[offset + i] = (float) random.nextGaussian();
      }
    }

    @Override
    public void target(int index, float[] into, int offset) {
      var input = new float[INPUTS];
      input(index, input, 0);
      int largest = input[1] > input[0] ? 1 : 0;
      into[offset] = input[2] > input[largest] ? 2 : largest;
    }

    @Override
    public String identity(int index) {
      return "row " + index;
    }
  }

  static Network network() {
    return Network.of(
        "tiny",
        new SequentialBlock()
            .add(Blocks.batchFlattenBlock())
            .add(Linear.builder().setUnits(64).build())
            .add(BatchNorm.builder().build())
            .add(Activation.reluBlock())
            .add(Dropout.builder().optRate(0.2f).build())
            .add(Linear.builder().setUnits(3).build()),
        Set.of());
  }

  /** Some dozens of steps. */
  static Training of(Network network) {
    return Training.of(network, data())
        .group(Group.all(Rules.parse("adamp"), 1e-2))
        .batch(32)
        .epochs(4)
        .seed(3);
  }

  private static DataSet data() {
    return new DataSet(
        "rows",
        List.of(),
        new Task.Classification(List.of("first", "second", "third")),
        List.of(),
        Normalisation.NONE,
        new Rows(320, 1),
        new Rows(64, 2),
        new Rows(64, 3));
  }

  /** What each worker does that is not disturbed. */
  static Training undisturbed(WorkerPlace place) {
    var network = network();
    place.closeBehind(network::close);
    return of(network);
  }
}

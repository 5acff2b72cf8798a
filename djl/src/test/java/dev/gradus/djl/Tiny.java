package dev.gradus.djl;

import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import ai.djl.nn.Block;
import ai.djl.nn.Blocks;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.convolutional.Conv2d;
import ai.djl.nn.core.Linear;
import ai.djl.nn.norm.BatchNorm;
import ai.djl.nn.norm.Dropout;
import dev.gradus.Group;
import dev.gradus.Rules;
import dev.gradus.checkpoint.StoredCheckpoint;
import dev.gradus.djl.data.DataSet;
import dev.gradus.djl.data.Examples;
import dev.gradus.djl.data.Normalisation;
import dev.gradus.djl.data.Task;
import dev.gradus.schedule.Cosine;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.ValueLayout;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;

/** Small data and networks, and ways to look at what training did to them. */
final class Tiny {
  static final Task CLASSES = new Task.Classification(List.of("one", "two", "three"));

  private Tiny() {}

  /** Examples in memory, of one target each. */
  record Held(List<Long> inputShape, List<float[]> inputs, List<Float> targets)
      implements Examples {
    @Override
    public int size() {
      return inputs.size();
    }

    @Override
    public List<Long> targetShape() {
      return List.of();
    }

    @Override
    public void input(int index, float[] into, int offset) {
      System.arraycopy(inputs.get(index), 0, into, offset, inputs.get(index).length);
    }

    @Override
    public void target(int index, float[] into, int offset) {
      into[offset] = targets.get(index);
    }

    @Override
    public String identity(int index) {
      return "example " + index;
    }
  }

  /** Images of 6×6 whose bright column tells their class. */
  static Examples images(int count, long seed) {
    var random = new Random(seed);
    var inputs = new ArrayList<float[]>();
    var targets = new ArrayList<Float>();
    for (int index = 0; index < count; index++) {
      int target = random.nextInt(3);
      var input = new float[36];
      for (int pixel = 0; pixel < 36; pixel++) {
        input[pixel] = (float) random.nextGaussian() + (pixel % 6 == 2 * target ? 1 : 0);
      }
      inputs.add(input);
      targets.add((float) target);
    }
    return new Held(List.of(1L, 6L, 6L), inputs, targets);
  }

  static DataSet data() {
    return data(images(50, 1));
  }

  static DataSet data(Examples train) {
    return new DataSet(
        "tiny",
        List.of(),
        CLASSES,
        List.of(),
        Normalisation.NONE,
        train,
        images(20, 2),
        images(20, 3));
  }

  /** Convolution, batch normalisation and dropout. */
  static Network network() {
    var block =
        new SequentialBlock()
            .add(
                Conv2d.builder()
                    .setFilters(4)
                    .setKernelShape(new Shape(3, 3))
                    .optBias(false)
                    .build())
            .add(BatchNorm.builder().build())
            .add(Activation.reluBlock())
            .add(Blocks.batchFlattenBlock())
            .add(Dropout.builder().optRate(0.3f).build())
            .add(Linear.builder().setUnits(3).build());
    return network(block);
  }

  /** Two linear layers, which compute every example by itself. */
  static Network plain() {
    return network(
        new SequentialBlock()
            .add(Blocks.batchFlattenBlock())
            .add(Linear.builder().setUnits(5).build())
            .add(Activation.reluBlock())
            .add(Linear.builder().setUnits(3).build()));
  }

  static Network network(Block block) {
    return Network.of("tiny", block, Set.of());
  }

  static Training training(Network network, DataSet data) {
    return Training.of(network, data)
        .group(Group.all(Rules.parse("adamp | decay(0.01)"), 1e-2).withSchedule(new Cosine()))
        .batch(8)
        .epochs(3)
        .seed(7);
  }

  /** The values of every parameter of a network that has been initialised. */
  static Map<String, float[]> values(Network network) {
    var values = new TreeMap<String, float[]>();
    network.parameters().forEach(named -> values.put(named.name(), named.array().toFloatArray()));
    return values;
  }

  /** Every tensor of the newest checkpoint of a folder: weights, statistics, optimizer's states. */
  static Map<String, float[]> newest(Path folder) throws IOException {
    try (var arena = Arena.ofConfined();
        var files = Files.list(folder)) {
      var file = files.filter(Tiny::isCheckpoint).max(Path::compareTo).orElseThrow();
      var tensors = new TreeMap<String, float[]>();
      StoredCheckpoint.read(file, arena)
          .checkpoint()
          .tensors()
          .forEach(
              (name, tensor) ->
                  tensors.put(name, tensor.data().toArray(ValueLayout.JAVA_FLOAT_UNALIGNED)));
      return tensors;
    }
  }

  private static boolean isCheckpoint(Path file) {
    return file.toString().endsWith(".safetensors");
  }
}

package dev.gradus.djl.admm;

import ai.djl.nn.Activation;
import ai.djl.nn.Block;
import ai.djl.nn.Blocks;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.core.Linear;
import dev.gradus.djl.Network;
import dev.gradus.djl.data.DataSet;
import dev.gradus.djl.data.Examples;
import dev.gradus.djl.data.Normalisation;
import dev.gradus.djl.data.Task;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.IntStream;

/** Few examples, and what to look at of networks. */
final class Few {
  static final Task CLASSES = new Task.Classification(List.of("one", "two", "three"));

  private Few() {}

  /** Examples in memory. */
  record Held(
      List<Long> inputShape, List<float[]> inputs, List<Long> targetShape, List<float[]> targets)
      implements Examples {
    @Override
    public int size() {
      return inputs.size();
    }

    @Override
    public void input(int index, float[] into, int offset) {
      System.arraycopy(inputs.get(index), 0, into, offset, inputs.get(index).length);
    }

    @Override
    public void target(int index, float[] into, int offset) {
      System.arraycopy(targets.get(index), 0, into, offset, targets.get(index).length);
    }

    @Override
    public String identity(int index) {
      return "example " + index;
    }
  }

  /** Images of 8×8 whose bright column tells their class. */
  static Examples images(int count, long seed) {
    var random = new Random(seed);
    var inputs = new ArrayList<float[]>();
    var targets = new ArrayList<float[]>();
    for (int index = 0; index < count; index++) {
      int target = random.nextInt(3);
      var input = new float[64];
      for (int pixel = 0; pixel < 64; pixel++) {
        input[pixel] = (float) random.nextGaussian() + (pixel % 8 == 2 * target ? 2 : 0);
      }
      inputs.add(input);
      targets.add(new float[] {target});
    }
    return new Held(List.of(1L, 8L, 8L), inputs, List.of(), targets);
  }

  static DataSet data(Task task, Examples train) {
    var none = train.subset(new int[0]);
    return new DataSet("few", List.of(), task, List.of(), Normalisation.NONE, train, none, none);
  }

  static DataSet images() {
    return data(CLASSES, images(48, 1));
  }

  /** Linear layers with an activation behind each but the last. */
  static Network layers(Function<String, Block> activation, int... widths) {
    var layers = new SequentialBlock();
    layers.add(Blocks.batchFlattenBlock());
    for (int i = 0; i < widths.length; i++) {
      layers.add(Linear.builder().setUnits(widths[i]).build());
      if (i < widths.length - 1) {
        layers.add(activation.apply("activation" + i));
      }
    }
    return Network.of("layers", layers, Set.of());
  }

  static Network tanh(int... widths) {
    return layers(_ -> Activation.tanhBlock(), widths);
  }

  static Map<String, float[]> values(Network network) {
    var values = new TreeMap<String, float[]>();
    network
        .tensors()
        .forEach(
            tensor ->
                values.put(tensor.name(), tensor.data().toArray(ValueLayout.JAVA_FLOAT_UNALIGNED)));
    return values;
  }

  static void set(Network network, int parameter, List<Double> values) {
    network.tensors().get(parameter).data().copyFrom(MemorySegment.ofArray(floats(values)));
  }

  static float[] floats(List<Double> values) {
    var floats = new float[values.size()];
    IntStream.range(0, floats.length).forEach(i -> floats[i] = values.get(i).floatValue());
    return floats;
  }
}

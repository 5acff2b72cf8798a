package dev.gradus.bench;

import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import ai.djl.nn.Block;
import ai.djl.nn.Blocks;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.convolutional.Conv2d;
import ai.djl.nn.core.Linear;
import ai.djl.nn.pooling.Pool;
import dev.gradus.Group;
import dev.gradus.Rules;
import dev.gradus.djl.Batch;
import dev.gradus.djl.InstanceMethod;
import dev.gradus.djl.Network;
import dev.gradus.djl.Probe;
import dev.gradus.djl.Products;
import dev.gradus.djl.Training;
import dev.gradus.djl.data.DataSet;
import dev.gradus.djl.data.Normalisation;
import dev.gradus.djl.data.Task;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The processor time of a batch's inner products by the ghost product, divided by that by central
 * differences, for networks without batch normalisation on images of 28×28. Short runs of both take
 * turns, so that what else the machine does meets both.
 */
public final class GhostShare {
  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();
  private static final int ROUNDS = Integer.getInteger("rounds", 12);
  private static final int WARM_UP = 5;
  private static final int STEPS = 25;
  private static final double NANOS_PER_MILLI = 1e6;
  private static final int[] BATCHES = {8, 32, 128};

  private GhostShare() {}

  /**
   * Prints a table.
   *
   * @param networks such as {@code 256-128} for the hidden layers of an MLP, or {@code lenet16} for
   *     convolutions of 16, 32 and 64 channels
   */
  public static void main(String[] networks) {
    var table = new Table("network", "batch", "differences, ms", "ghost, ms", "ratio", "quartiles");
    for (String network : networks.length == 0 ? new String[] {"256-128", "lenet16"} : networks) {
      for (int batch : BATCHES) {
        compare(network, batch, table);
      }
    }
    IO.println(Machine.line() + "\n");
    IO.println("### Inner products, 1 thread, median of " + STEPS + " steps\n\n" + table);
  }

  private static void compare(String network, int batch, Table table) {
    var differences = new double[ROUNDS];
    var ghost = new double[ROUNDS];
    var ratios = new double[ROUNDS];
    for (int round = 0; round < ROUNDS; round++) {
      differences[round] = millis(network, batch, Products.DIFFERENCES);
      ghost[round] = millis(network, batch, Products.GHOST);
      ratios[round] = ghost[round] / differences[round];
    }
    var ratio = Quartiles.of(ratios);
    table.row(
        network,
        Integer.toString(batch),
        Table.number(Quartiles.of(differences).median(), 2),
        Table.number(Quartiles.of(ghost).median(), 2),
        Table.number(ratio.median(), 2),
        ratio.middleHalf(2));
  }

  private static double millis(String network, int batch, Products products) {
    var timed = new Timed(products, new ArrayList<>());
    var images = new RandomImages(batch * (WARM_UP + STEPS));
    try (var trained = Network.of(network, block(network))) {
      Training.of(trained, data(images))
          .group(Group.all(Rules.parse("sgd"), 1e-3))
          .instances(timed, images)
          .batch(batch)
          .epochs(1)
          .run();
    }
    var millis = timed.millis.stream().skip(WARM_UP).mapToDouble(value -> value).toArray();
    return Quartiles.of(millis).median();
  }

  private static DataSet data(RandomImages images) {
    var none = images.subset(new int[0]);
    var classes = IntStream.range(0, RandomImages.CLASSES).mapToObj(Integer::toString).toList();
    var task = new Task.Classification(classes);
    return new DataSet(
        "random images", List.of(), task, List.of(), Normalisation.NONE, images, none, none);
  }

  private static Block block(String name) {
    var block = name.startsWith("lenet") ? convolutions(name.substring(5)) : dense(name);
    return block.add(Linear.builder().setUnits(RandomImages.CLASSES).build());
  }

  private static SequentialBlock dense(String widths) {
    var block = new SequentialBlock().add(Blocks.batchFlattenBlock());
    for (String width : widths.split("-", -1)) {
      block.add(Linear.builder().setUnits(Long.parseLong(width)).build());
      block.add(Activation.reluBlock());
    }
    return block;
  }

  private static SequentialBlock convolutions(String width) {
    var block = new SequentialBlock();
    for (int stage = 0; stage < 3; stage++) {
      block
          .add(
              Conv2d.builder()
                  .setFilters(Integer.parseInt(width) << stage)
                  .setKernelShape(new Shape(3, 3))
                  .optPadding(new Shape(1, 1))
                  .build())
          .add(Activation.reluBlock())
          .add(Pool.maxPool2dBlock(new Shape(2, 2), new Shape(2, 2)));
    }
    return block.add(Blocks.batchFlattenBlock());
  }

  /** Asks for the inner products of every step, and notes how long it waits for them. */
  private record Timed(Products products, List<Double> millis) implements InstanceMethod {
    @Override
    public int trustedBatch() {
      return 8;
    }

    @Override
    public Running start(DataSet data) {
      return new Running() {
        @Override
        public void weigh(Batch part, float[] losses, float[] weights) {}

        @Override
        public void after(Batch batch, Probe probe) {
          probe.aim();
          long start = THREADS.getCurrentThreadCpuTime();
          probe.innerProducts(batch);
          millis.add((THREADS.getCurrentThreadCpuTime() - start) / NANOS_PER_MILLI);
        }
      };
    }
  }
}

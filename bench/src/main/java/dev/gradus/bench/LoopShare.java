package dev.gradus.bench;

import dev.gradus.Group;
import dev.gradus.Rules;
import dev.gradus.compress.Dense;
import dev.gradus.djl.Training;
import dev.gradus.djl.TrainingEvent;
import dev.gradus.djl.TrainingEvent.StepDone;
import dev.gradus.djl.data.DataSet;
import dev.gradus.djl.data.Normalisation;
import dev.gradus.djl.data.Task;
import dev.gradus.djl.model.LeNet;
import dev.gradus.exchange.LocalTransport;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The optimizer's share of an iteration when {@code lenet-bn} trains on images of 28×28. It is
 * measured from the end of the backward pass, where a team of one worker asks whether to stop, to
 * the report of the step; so reading gradients once more, as a team does, and setting them to zero
 * count as the optimizer's too.
 */
public final class LoopShare {
  private static final int BATCH = Integer.getInteger("batch", 64);
  private static final int WARM_UP = 100;
  private static final int STEPS = 400;
  private static final double NANOS_PER_MILLI = 1e6;
  private static final Duration DEADLINE = Duration.ofMinutes(1);

  private final String pipeline;
  private final List<Double> iterations = new ArrayList<>();
  private final List<Double> shares = new ArrayList<>();
  private long iterationStart = System.nanoTime();
  private long updateStart = System.nanoTime();

  private LoopShare(String pipeline) {
    this.pipeline = pipeline;
  }

  /**
   * Prints a table.
   *
   * @param pipelines the pipelines; {@code adamw} and {@code adamp} if none
   */
  public static void main(String[] pipelines) {
    var table = new Table("optimizer", "iteration, median ms", "optimizer's share", "quartiles");
    for (String pipeline : pipelines.length == 0 ? new String[] {"adamw", "adamp"} : pipelines) {
      new LoopShare(pipeline).train().addTo(table);
    }
    IO.println(Machine.line() + "\n");
    IO.println("### lenet-bn, batch " + BATCH + ", 1 thread, " + STEPS + " steps\n\n" + table);
  }

  private LoopShare train() {
    var data = data();
    try (var network = new LeNet().network(data.train().inputShape(), data.task())) {
      Training.of(network, data)
          .group(Group.all(Rules.parse(pipeline), 1e-3))
          .batch(BATCH)
          .epochs(1)
          .workers(LocalTransport.team(1, DEADLINE).getFirst(), new Dense())
          .stopWhen(this::updateStarts)
          .listener(this::record)
          .run();
    }
    return this;
  }

  private boolean updateStarts() {
    updateStart = System.nanoTime();
    return false;
  }

  private void record(TrainingEvent event) {
    if (event instanceof StepDone step) {
      long now = System.nanoTime();
      if (step.step() >= WARM_UP) {
        iterations.add((now - iterationStart) / NANOS_PER_MILLI);
        shares.add((double) (now - updateStart) / (now - iterationStart));
      }
      iterationStart = now;
    }
  }

  private void addTo(Table table) {
    var share = Quartiles.of(shares.stream().mapToDouble(s -> 100 * s).toArray());
    var iteration = Quartiles.of(iterations.stream().mapToDouble(i -> i).toArray());
    table.row(
        pipeline,
        Table.number(iteration.median(), 2),
        Table.number(share.median(), 2) + " %",
        share.middleHalf(2) + " %");
  }

  private static DataSet data() {
    var images = new RandomImages(BATCH * (WARM_UP + STEPS));
    var none = images.subset(new int[0]);
    var classes = IntStream.range(0, RandomImages.CLASSES).mapToObj(Integer::toString).toList();
    var task = new Task.Classification(classes);
    return new DataSet(
        "random images", List.of(), task, List.of(), Normalisation.NONE, images, none, none);
  }
}

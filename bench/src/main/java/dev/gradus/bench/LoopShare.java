package dev.gradus.bench;

import dev.gradus.compress.Dense;
import dev.gradus.djl.TrainingEvent;
import dev.gradus.djl.TrainingEvent.StepDone;
import java.util.ArrayList;
import java.util.List;

/**
 * The optimizer's share of an iteration when {@code lenet-bn} trains on images of 28×28. It is
 * measured from where a team of one worker asks whether to stop, behind the backward pass and its
 * search for gradients that are not finite, to the report of the step; so taking the mean of its
 * own gradients, as a team does, and setting them to zero count as the optimizer's too.
 */
public final class LoopShare {
  private static final int BATCH = Integer.getInteger("batch", 64);
  private static final int WARM_UP = 100;
  private static final int STEPS = 400;
  private static final double NANOS_PER_MILLI = 1e6;

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
    new ImageTraining("lenet-bn", pipeline, BATCH, WARM_UP + STEPS)
        .run(new Dense(), this::updateStarts, this::record);
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
}

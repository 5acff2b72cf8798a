package dev.gradus.bench;

import dev.gradus.compress.Compressor;
import dev.gradus.compress.Compressors;
import dev.gradus.compress.Packing;
import dev.gradus.djl.TrainingEvent;
import dev.gradus.djl.TrainingEvent.StepDone;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;

/**
 * The share of an iteration that packing all gradients and unpacking them again takes, when a
 * network trains on images of 28×28 as the only worker of a team. Each of several workers packs
 * once as well, and unpacks once for every worker.
 */
public final class PackShare {
  private static final int BATCH = Integer.getInteger("batch", 32);
  private static final int WARM_UP = Integer.getInteger("warmup", 40);
  private static final int STEPS = Integer.getInteger("steps", 100);
  private static final double NANOS_PER_MILLI = 1e6;

  private final Compressor compressor;
  private final List<Double> iterations = new ArrayList<>();
  private final List<Double> packs = new ArrayList<>();
  private final List<Double> unpacks = new ArrayList<>();
  private double pack;
  private double unpack;
  private long iterationStart = Clock.CORE.nanoseconds();

  private PackShare(String compressor) {
    this.compressor = Compressors.parse(compressor);
  }

  /**
   * Prints a table.
   *
   * @param compressors such as {@code adacomp}, which is measured if there are none
   */
  public static void main(String[] compressors) {
    var table =
        new Table("network", "compressor", "iteration, ms", "pack, ms", "unpack, ms", "share");
    for (String network : List.of("lenet-bn", "resnet20")) {
      for (String compressor : compressors.length == 0 ? new String[] {"adacomp"} : compressors) {
        var share = new PackShare(compressor);
        share.train(network);
        share.addTo(network, table);
      }
    }
    IO.println(Machine.line() + "\n");
    IO.println(
        "### Packing, batch %d, 1 thread, medians of %d steps, time on a core\n\n%s"
            .formatted(BATCH, STEPS, table));
  }

  private void train(String network) {
    new ImageTraining(network, "sgd", BATCH, WARM_UP + STEPS)
        .run(shape -> new Timed(compressor.of(shape)), () -> false, this::record);
  }

  /** Notes how long a scheme takes. */
  private final class Timed implements Packing {
    private final Packing packing;

    Timed(Packing packing) {
      this.packing = packing;
    }

    @Override
    public long residueFloats() {
      return packing.residueFloats();
    }

    @Override
    public long largestPack() {
      return packing.largestPack();
    }

    @Override
    public long pack(long step, MemorySegment gradient, MemorySegment residue, MemorySegment to) {
      long start = Clock.CORE.nanoseconds();
      long bytes = packing.pack(step, gradient, residue, to);
      pack += Clock.CORE.nanoseconds() - start;
      return bytes;
    }

    @Override
    public void unpackAdd(MemorySegment from, MemorySegment sum) {
      long start = Clock.CORE.nanoseconds();
      packing.unpackAdd(from, sum);
      unpack += Clock.CORE.nanoseconds() - start;
    }
  }

  private void record(TrainingEvent event) {
    if (event instanceof StepDone step) {
      long now = Clock.CORE.nanoseconds();
      if (step.step() >= WARM_UP) {
        iterations.add((now - iterationStart) / NANOS_PER_MILLI);
        packs.add(pack / NANOS_PER_MILLI);
        unpacks.add(unpack / NANOS_PER_MILLI);
      }
      pack = 0;
      unpack = 0;
      iterationStart = now;
    }
  }

  private void addTo(String network, Table table) {
    double iteration = median(iterations);
    double packing = median(packs);
    double unpacking = median(unpacks);
    table.row(
        network,
        compressor.toString(),
        Table.number(iteration, 2),
        Table.number(packing, 3),
        Table.number(unpacking, 3),
        Table.number(100 * (packing + unpacking) / iteration, 2) + " %");
  }

  private static double median(List<Double> values) {
    return Quartiles.of(values.stream().mapToDouble(value -> value).toArray()).median();
  }
}

package dev.gradus.bench;

import dev.gradus.compress.Compressor;
import dev.gradus.compress.Compressors;
import dev.gradus.compress.Packing;
import dev.gradus.equation.Shape;
import dev.gradus.text.RecordType;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * How fast gradients are packed and unpacked, as the time that copying gradient and residue takes
 * divided by the time of packing, or of unpacking. All take turns in short rounds.
 */
public final class PackSpeed {
  private static final int ROUNDS = Integer.getInteger("rounds", 31);
  private static final int WARM_UP = 12;
  private static final long ROUND_WEIGHTS = 2_000_000;
  private static final int GRADIENTS = 4;
  private static final double NANOS_PER_MILLI = 1e6;

  private PackSpeed() {}

  /**
   * Prints a table for each of some shapes.
   *
   * @param compressors such as {@code adacomp}; all if none
   */
  public static void main(String[] compressors) {
    List<Compressor> chosen =
        compressors.length == 0
            ? Compressors.CATALOGUE.types().stream()
                .map(RecordType::name)
                .map(Compressors::parse)
                .toList()
            : List.of(compressors).stream().map(Compressors::parse).toList();
    IO.println(Machine.line() + "\n");
    for (var shape :
        List.of(
            Shape.of(64, 64, 3, 3),
            Shape.of(512, 512, 3, 3),
            Shape.of(256, 784),
            Shape.of(2048, 1024))) {
      print(shape, chosen);
    }
  }

  private static void print(Shape shape, List<Compressor> compressors) {
    try (var arena = Arena.ofConfined()) {
      var works = compressors.stream().map(scheme -> new Work(scheme, shape, arena)).toList();
      for (int round = -WARM_UP; round < ROUNDS; round++) {
        int number = round;
        works.forEach(work -> work.play(number));
      }
      var table =
          new Table("compressor", "pack, ms", "copy ÷ pack", "quartiles", "copy ÷ unpack", "rate");
      works.forEach(work -> work.addTo(table));
      IO.println(
          "### %s, %d rounds, time on a core\n\n%s".formatted(shape.dimensions(), ROUNDS, table));
    }
  }

  /** A scheme, its memory and its times. */
  private static final class Work {
    private final Compressor compressor;
    private final Packing packing;
    private final int repetitions;
    private final List<MemorySegment> gradients;
    private final MemorySegment residue;
    private final MemorySegment pack;
    private final MemorySegment sum;
    private final MemorySegment copies;
    private final double[] packs = new double[ROUNDS];
    private final double[] packRatios = new double[ROUNDS];
    private final double[] unpackRatios = new double[ROUNDS];
    private long step;
    private long bytes;

    Work(Compressor compressor, Shape shape, Arena arena) {
      this.compressor = compressor;
      packing = compressor.of(shape);
      repetitions = (int) Math.max(1, ROUND_WEIGHTS / shape.size());
      gradients =
          IntStream.range(0, GRADIENTS).mapToObj(seed -> normal(arena, shape, seed)).toList();
      residue = arena.allocate(Math.max(1, packing.residueFloats()) * Float.BYTES, 64);
      pack = arena.allocate(packing.largestPack(), 64);
      sum = arena.allocate(shape.size() * Float.BYTES, 64);
      copies = arena.allocate(shape.size() * Float.BYTES + residue.byteSize(), 64);
    }

    private static MemorySegment normal(Arena arena, Shape shape, int seed) {
      var random = new Random(seed);
      var memory = arena.allocate(shape.size() * Float.BYTES, 64);
      for (long i = 0; i < shape.size(); i++) {
        memory.setAtIndex(ValueLayout.JAVA_FLOAT, i, (float) random.nextGaussian());
      }
      return memory;
    }

    void play(int round) {
      double copy = time(this::copy);
      double packed = time(this::pack);
      double unpacked = time(this::unpack);
      if (round >= 0) {
        packs[round] = packed / NANOS_PER_MILLI;
        packRatios[round] = copy / packed;
        unpackRatios[round] = copy / unpacked;
      }
    }

    private double time(Runnable work) {
      long start = Clock.CORE.nanoseconds();
      for (int repetition = 0; repetition < repetitions; repetition++) {
        work.run();
      }
      return (double) (Clock.CORE.nanoseconds() - start) / repetitions;
    }

    private void copy() {
      var gradient = gradients.getFirst();
      MemorySegment.copy(gradient, 0, copies, 0, gradient.byteSize());
      MemorySegment.copy(residue, 0, copies, gradient.byteSize(), residue.byteSize());
    }

    private void pack() {
      bytes = packing.pack(step, gradients.get((int) (step % GRADIENTS)), residue, pack);
      step++;
    }

    private void unpack() {
      packing.unpackAdd(pack.asSlice(0, bytes), sum);
    }

    void addTo(Table table) {
      var ratio = Quartiles.of(packRatios);
      table.row(
          compressor.toString(),
          Table.number(Quartiles.of(packs).median(), 3),
          Table.number(ratio.median(), 2),
          ratio.middleHalf(2),
          Table.number(Quartiles.of(unpackRatios).median(), 2),
          Table.number((double) sum.byteSize() / bytes, 0));
    }
  }
}

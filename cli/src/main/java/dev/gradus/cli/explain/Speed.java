package dev.gradus.cli.explain;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.gradus.Group;
import dev.gradus.Optimizer;
import dev.gradus.Parameter;
import dev.gradus.ParameterType;
import dev.gradus.engine.Tensors;
import dev.gradus.equation.Pipeline;
import dev.gradus.equation.Shape;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/**
 * How long a step takes here, on one thread, against a loop that only moves as many bytes through
 * as many arrays.
 *
 * @param weights how many weights the step has
 * @param milliseconds the median time of a step
 * @param bandwidthMilliseconds the median time of the loop, for the bytes of a step
 * @param gigabytesPerSecond what the loop moves
 * @param steps how many steps were timed
 */
public record Speed(
    long weights,
    double milliseconds,
    double bandwidthMilliseconds,
    double gigabytesPerSecond,
    int steps) {
  private static final double NANOSECONDS = 1e6;
  private static final long LONGEST_WARM_UP = 20_000_000_000L;
  private static final int WARM_UP_STEPS = 500;
  private static final long TIMED = 1_000_000_000L;
  private static final int MOST_STEPS = 1001;
  private static final double RATE = 1e-4;
  private static final long CACHE_LINE = 64;

  /**
   * Times a pipeline for a few seconds.
   *
   * @param pipeline the pipeline
   * @param shape the shape of the one tensor
   * @param floatsMoved the floats that a step moves per weight
   * @param floatsKept how many floats per weight lie in memory, gradient included
   * @return the times
   */
  public static Speed of(Pipeline pipeline, Shape shape, double floatsMoved, int floatsKept) {
    var parameter = new Parameter("weight", shape, ParameterType.WEIGHT);
    try (var arena = Arena.ofShared();
        var optimizer = Optimizer.of(List.of(parameter)).group(Group.all(pipeline, RATE)).build()) {
      var tensors = new OneTensor(random(arena, shape, 1), random(arena, shape, 2));
      var stream = Stream.of(shape.size(), floatsKept);
      Runnable step = () -> optimizer.step(tensors);
      double[] steps = new double[MOST_STEPS];
      double[] streams = new double[MOST_STEPS];
      warmUp(step, stream);
      int timed = alternate(step, stream, TIMED, steps, streams);
      double bytes = floatsMoved * Float.BYTES * shape.size();
      double bytesPerNanosecond = stream.bytes() / median(streams, timed);
      return new Speed(
          shape.size(),
          median(steps, timed) / NANOSECONDS,
          bytes / bytesPerNanosecond / NANOSECONDS,
          bytesPerNanosecond,
          timed);
    }
  }

  /**
   * How much longer a step takes than its bytes.
   *
   * @return measured time ÷ bandwidth-limited time
   */
  @JsonProperty
  public double ratio() {
    return milliseconds / bandwidthMilliseconds;
  }

  /** Until the loops are surely compiled, which a busy machine may delay for seconds. */
  private static void warmUp(Runnable step, Runnable stream) {
    long end = System.nanoTime() + LONGEST_WARM_UP;
    for (int i = 0; i < WARM_UP_STEPS && System.nanoTime() < end; i++) {
      step.run();
      stream.run();
    }
  }

  private static int alternate(
      Runnable step, Runnable stream, long nanoseconds, double[] steps, double[] streams) {
    long end = System.nanoTime() + nanoseconds;
    int done = 0;
    while (done < 3 || (done < MOST_STEPS && System.nanoTime() < end)) {
      steps[done] = time(step);
      streams[done] = time(stream);
      done++;
    }
    return done;
  }

  private static double time(Runnable work) {
    long start = System.nanoTime();
    work.run();
    return System.nanoTime() - start;
  }

  private static double median(double[] times, int count) {
    double[] sorted = Arrays.copyOf(times, count);
    Arrays.sort(sorted);
    return sorted[count / 2];
  }

  private static MemorySegment random(Arena arena, Shape shape, long seed) {
    var numbers = new Random(seed);
    MemorySegment memory = arena.allocate(shape.size() * Float.BYTES, CACHE_LINE);
    for (long i = 0; i < shape.size(); i++) {
      memory.setAtIndex(ValueLayout.JAVA_FLOAT, i, (float) numbers.nextGaussian());
    }
    return memory;
  }

  private record OneTensor(MemorySegment weight, MemorySegment gradient) implements Tensors {
    @Override
    public MemorySegment weight(int index) {
      return weight;
    }

    @Override
    public MemorySegment gradient(int index) {
      return gradient;
    }
  }
}

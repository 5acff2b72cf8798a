package dev.gradus.bench;

import dev.gradus.equation.Format;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** One step, in JMH's way. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@SuppressWarnings("NullAway.Init") // JMH sets up before it measures
public class StepBenchmark {
  /** What takes the step. */
  @Param({Entrant.HAND_WRITTEN, "adamw", Entrant.STREAMING, "adamp", "clip-norm(1) | adamw"})
  public String work = "adamw";

  /** A name that {@link Networks} knows. */
  @Param({"1M", "4M", "25M"})
  public String network = "1M";

  /** How many threads share a step. */
  @Param({"1", "2"})
  public int threads = 1;

  /** Whether gradients are checked before anything is touched. */
  @Param("false")
  public boolean check;

  /** How weights and gradients lie in memory. */
  @Param("FLOAT32")
  public Format format = Format.FLOAT32;

  private Setting setting;
  private Runnable step;

  /** Builds the contestant. */
  @Setup
  public void build() {
    setting = new Setting(network);
    Entrant entrant = Entrant.of(work, threads).in(format);
    step = setting.work(check ? entrant.checked() : entrant);
  }

  /** One step. */
  @Benchmark
  public void step() {
    step.run();
  }

  /** Frees the memory. */
  @TearDown
  public void free() {
    setting.close();
  }
}

package dev.gradus.bench;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.List;

/** The bytes that a step allocates on the heap once its code is compiled. */
public final class Allocations {
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
  private static final int WARM_UP = 60_000;
  private static final int STEPS = 20_000;

  private Allocations() {}

  /**
   * Prints a table for the parameters of lenet-bn, where a step is short.
   *
   * @param pipelines the pipelines; {@code adamw} and {@code adamp} if none
   */
  public static void main(String[] pipelines) {
    var table = new Table("optimizer", "bytes a step, all threads");
    for (String pipeline : pipelines.length == 0 ? List.of("adamw", "adamp") : List.of(pipelines)) {
      for (int threads = 1; threads <= 2; threads++) {
        var entrant = Entrant.of(pipeline, threads);
        table.row(entrant.name(), Table.number(perStep(entrant), 2));
      }
    }
    IO.println(Machine.line() + "\n\n" + table);
  }

  private static double perStep(Entrant entrant) {
    try (var setting = new Setting("lenet")) {
      Runnable step = setting.work(entrant);
      repeat(step, WARM_UP);
      long before = THREADS.getTotalThreadAllocatedBytes();
      repeat(step, STEPS);
      return (double) (THREADS.getTotalThreadAllocatedBytes() - before) / STEPS;
    }
  }

  private static void repeat(Runnable step, int times) {
    for (int i = 0; i < times; i++) {
      step.run();
    }
  }
}

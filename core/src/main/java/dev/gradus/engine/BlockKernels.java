package dev.gradus.engine;

import java.lang.System.Logger.Level;
import java.util.concurrent.atomic.AtomicBoolean;

/** Kernels for a JVM without the vector module: each instruction is a loop over a small block. */
final class BlockKernels implements KernelSource {
  private static final AtomicBoolean WARNED = new AtomicBoolean();

  static KernelSource withWarning() {
    if (WARNED.compareAndSet(false, true)) {
      System.getLogger("dev.gradus")
          .log(
              Level.WARNING,
              "The JVM runs without its vector module, so optimizer steps take longer than"
                  + " necessary: start Java with --add-modules jdk.incubator.vector.");
    }
    return new BlockKernels();
  }

  @Override
  public Kernel kernel(Loop loop) {
    return new BlockKernel(loop);
  }

  @Override
  public int lanes(Loop loop) {
    return 0;
  }
}

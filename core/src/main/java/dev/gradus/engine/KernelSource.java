package dev.gradus.engine;

/** Makes kernels from loops: the one door to vector instructions. */
interface KernelSource {
  /** Code for a loop. */
  Kernel kernel(Loop loop);

  /** How many floats of lanes a thread needs for the code. */
  int lanes(Loop loop);

  /**
   * Generated vector loops where the JVM has the vector module, otherwise interpreted blocks with a
   * warning that names the missing flag.
   */
  static KernelSource best() {
    return ModuleLayer.boot().findModule("jdk.incubator.vector").isPresent()
        ? new VectorKernels()
        : BlockKernels.withWarning();
  }
}

package dev.gradus.djl.doctor;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.util.List;

/** Checks of the Java runtime and its options. */
final class JvmChecks {
  private static final int OLDEST = 25;
  private static final double MOST_HEAP = 0.6;
  private static final double GIGABYTE = 1e9;

  static final List<Check> ALL =
      List.of(
          new Check("Java", JvmChecks::java),
          new Check("vector instructions", JvmChecks::vectors),
          new Check("native access", JvmChecks::nativeAccess),
          new Check("memory", JvmChecks::memory));

  private JvmChecks() {}

  private static Finding java(String check) {
    int feature = Runtime.version().feature();
    return feature >= OLDEST
        ? Finding.fine(check, Runtime.version().toString())
        : Finding.fault(check, "Java " + feature, "use a JDK " + OLDEST + " or newer");
  }

  private static Finding vectors(String check) {
    return ModuleLayer.boot().findModule("jdk.incubator.vector").isPresent()
        ? Finding.fine(check, "the module jdk.incubator.vector is there")
        : Finding.warning(
            check,
            "the module jdk.incubator.vector is absent, so optimizers compute many times slower",
            "start java with --add-modules jdk.incubator.vector");
  }

  private static Finding nativeAccess(String check) {
    return JvmChecks.class.getModule().isNativeAccessEnabled()
        ? Finding.fine(check, "allowed")
        : Finding.warning(
            check,
            "not allowed by an option, which Java warns of and will refuse one day",
            "start java with --enable-native-access=ALL-UNNAMED");
  }

  /** Weights, gradients and activations lie outside of the heap. */
  private static Finding memory(String check) {
    var system = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
    double all = system.getTotalMemorySize();
    double heap = Runtime.getRuntime().maxMemory();
    var found =
        "%.1f GB, of which Java's heap may take %.1f GB".formatted(all / GIGABYTE, heap / GIGABYTE);
    return heap <= MOST_HEAP * all
        ? Finding.fine(check, found)
        : Finding.warning(
            check,
            found + "; networks lie outside of the heap and may be killed for lack of memory",
            "start java with -Xmx%.0fg".formatted(Math.max(1, all / 4 / GIGABYTE)));
  }
}

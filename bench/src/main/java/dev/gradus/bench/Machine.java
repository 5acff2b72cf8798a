package dev.gradus.bench;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import jdk.incubator.vector.FloatVector;

/** What belongs beside every figure. */
final class Machine {
  private static final Path PROCESSORS = Path.of("/proc/cpuinfo");

  private Machine() {}

  /** One line: processor, cores, vector length, system, JDK, load. */
  static String line() {
    var system = ManagementFactory.getOperatingSystemMXBean();
    return String.format(
        Locale.ROOT,
        "%s, %d cores, %d-bit vectors, %s %s; %s %s; load average %.1f",
        processor(),
        system.getAvailableProcessors(),
        FloatVector.SPECIES_PREFERRED.vectorBitSize(),
        system.getName(),
        system.getArch(),
        System.getProperty("java.vm.name"),
        System.getProperty("java.vm.version"),
        system.getSystemLoadAverage());
  }

  private static String processor() {
    try (var lines = Files.lines(PROCESSORS)) {
      return lines
          .filter(line -> line.startsWith("model name"))
          .map(line -> line.substring(line.indexOf(':') + 1).strip())
          .findFirst()
          .orElse("unnamed processor");
    } catch (IOException _) {
      return "unnamed processor";
    }
  }
}

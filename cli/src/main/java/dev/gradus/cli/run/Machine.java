package dev.gradus.cli.run;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * What a run is computed on.
 *
 * @param cpu the processor's name
 * @param cores how many processors the system offers to this program
 * @param memoryBytes the main memory, in bytes
 * @param system name, version and architecture of the operating system
 */
public record Machine(String cpu, int cores, long memoryBytes, String system) {
  private static final Path LINUX_CPU = Path.of("/proc/cpuinfo");

  /**
   * This machine.
   *
   * @return what it is
   */
  public static Machine current() {
    var system = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
    return new Machine(
        processor().orElse(system.getArch()),
        system.getAvailableProcessors(),
        system.getTotalMemorySize(),
        system.getName() + " " + system.getVersion() + " " + system.getArch());
  }

  private static Optional<String> processor() {
    try (var lines = Files.lines(LINUX_CPU)) {
      return lines
          .filter(line -> line.startsWith("model name"))
          .map(line -> line.substring(line.indexOf(':') + 1).strip())
          .findFirst();
    } catch (IOException notLinux) {
      return Optional.ofNullable(System.getenv("PROCESSOR_IDENTIFIER"));
    }
  }
}

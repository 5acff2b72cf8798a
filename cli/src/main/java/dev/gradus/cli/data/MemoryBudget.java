package dev.gradus.cli.data;

import com.sun.management.OperatingSystemMXBean;
import dev.gradus.UserException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.management.ManagementFactory;
import java.util.Locale;

/** Asks before memory is taken, because a failed allocation names no file. */
final class MemoryBudget {
  private static final double PART_OF_MACHINE = 0.75;
  private static final double PART_OF_HEAP = 0.75;
  private static final int ALIGNMENT = 64;

  private MemoryBudget() {}

  /** Native memory that lives as long as it is used. */
  static MemorySegment allocate(long bytes, String what) {
    var machine = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
    long limit = (long) (machine.getTotalMemorySize() * PART_OF_MACHINE);
    if (bytes > limit) {
      throw new UserException(
          "%s would take %s of memory, more than the %s that this machine can give to data."
              .formatted(what, megabytes(bytes), megabytes(limit)));
    }
    return Arena.ofAuto().allocate(bytes, ALIGNMENT);
  }

  /** How many bytes of Java's heap data may take. */
  static long heap() {
    return (long) (Runtime.getRuntime().maxMemory() * PART_OF_HEAP);
  }

  private static String megabytes(long bytes) {
    return String.format(Locale.ROOT, "%,d MB", bytes / 1_000_000);
  }
}

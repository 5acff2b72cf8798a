package dev.gradus.bench;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;

/** How time is taken. */
enum Clock {
  /** Time that the calling thread spent on a core: fair to one thread on a busy machine. */
  CORE {
    @Override
    long nanoseconds() {
      return THREADS.getCurrentThreadCpuTime();
    }
  },
  /** Time on the wall: the only one that tells what several threads gain. */
  WALL {
    @Override
    long nanoseconds() {
      return System.nanoTime();
    }
  };

  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

  abstract long nanoseconds();
}

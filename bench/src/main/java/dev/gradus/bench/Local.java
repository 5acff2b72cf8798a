package dev.gradus.bench;

/** A contestant in this JVM. The first repetitions of a round warm the caches and are not timed. */
record Local(String name, long bytes, Runnable work) implements Contestant {
  private static final int UNTIMED = 3;

  @Override
  public long nanoseconds(int repetitions, Clock clock) {
    for (int i = 0; i < UNTIMED; i++) {
      work.run();
    }
    long start = clock.nanoseconds();
    for (int i = 0; i < repetitions; i++) {
      work.run();
    }
    return clock.nanoseconds() - start;
  }

  /** Nothing: what the work needs belongs to its setting. */
  @Override
  public void close() {}
}

package dev.gradus.bench;

/** A contestant in this JVM. The first repetition of a round warms the caches and is not timed. */
record Local(String name, long bytes, Runnable work) implements Contestant {
  @Override
  public long nanoseconds(int repetitions, Clock clock) {
    work.run();
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

package dev.gradus.bench;

/** One of those that are compared. */
interface Contestant extends AutoCloseable {
  /** What the table calls it. */
  String name();

  /** Bytes that one repetition reads and writes, if every pass goes to memory. */
  long bytes();

  /** Does its work several times and says how long that took. */
  long nanoseconds(int repetitions, Clock clock);

  @Override
  void close();
}

package dev.gradus.spark;

import java.util.Arrays;
import java.util.List;

/** What can happen to a training. */
enum Fault {
  /** A worker's process ends. */
  KILL,
  /** A worker's process stands still. */
  FREEZE,
  /** A worker takes its time. */
  SLOW,
  /** One machine can't be reached for a while; only on two machines. */
  PARTITION,
  /** No checkpoint can be written. */
  FULL_DISK,
  /** The driver's process ends. */
  KILL_DRIVER;

  static final String MACHINES = System.getenv("GRADUS_NAME");

  /** Those that can happen here. */
  static List<Fault> possible() {
    return Arrays.stream(values()).filter(each -> each != PARTITION || MACHINES != null).toList();
  }
}

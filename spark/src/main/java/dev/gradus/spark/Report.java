package dev.gradus.spark;

import dev.gradus.djl.TrainingEvent;

/** What a worker tells the driver. */
sealed interface Report {

  /** A worker has begun, in an executor and a process of its machine. */
  record Joined(int rank, String executor, long process) implements Report {}

  /** The preparation is over; what worker 0 has found. */
  record Prepared(String found) implements Report {}

  /** Something happened in the training. */
  record Happened(TrainingEvent event) implements Report {}

  /** A worker is lost to another; it may go better the next time. */
  record Lost(int rank, String sentence) implements Report {}

  /** Something was not finite in a step, from 0. */
  record NotFinite(long step, String what) implements Report {}

  /** Something has grown without bound until a step, from 0. */
  record Unbounded(long step, String what) implements Report {}

  /** The worker can't train, and would fail again. */
  record Refused(String sentence) implements Report {}

  /** Whether the driver must have heard it before the worker goes on. */
  default boolean mustBeHeard() {
    return !(this instanceof Happened(TrainingEvent.StepDone _));
  }
}

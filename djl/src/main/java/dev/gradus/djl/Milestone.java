package dev.gradus.djl;

import java.util.List;
import java.util.OptionalLong;

/**
 * A step after which a worker has a checkpoint.
 *
 * @param step steps made
 * @param workers how many workers there were
 */
record Milestone(long step, int workers) {

  /**
   * The newest step of worker 0 after which every worker of then that is still there has a
   * checkpoint, too; nothing if there is none.
   */
  static OptionalLong common(List<List<Milestone>> ofWorkers) {
    return ofWorkers.getFirst().stream()
        .filter(milestone -> milestone.isOf(ofWorkers))
        .mapToLong(Milestone::step)
        .max();
  }

  private boolean isOf(List<List<Milestone>> ofWorkers) {
    return ofWorkers.stream().limit(workers).allMatch(of -> of.contains(this));
  }
}

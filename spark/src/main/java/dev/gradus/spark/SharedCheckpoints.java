package dev.gradus.spark;

import java.io.Serializable;

/**
 * Where and how often a training keeps checkpoints that all workers can reach.
 *
 * @param folder an address that Hadoop knows, such as {@code hdfs:///runs/photos}, or {@code
 *     file:///…} where all machines share a file system
 * @param steps after how many steps one is written; 0 for no such rule
 * @param seconds after how much time one is written, at no more than 1 % of the time
 * @param keep how many of the newest are kept, 1 or more
 * @param resume whether to go on from what is there; otherwise a folder that has checkpoints is
 *     refused
 */
public record SharedCheckpoints(String folder, long steps, long seconds, int keep, boolean resume)
    implements Serializable {

  /** The same, going on from what is there. */
  SharedCheckpoints resuming() {
    return new SharedCheckpoints(folder, steps, seconds, keep, true);
  }
}

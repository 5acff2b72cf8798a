package dev.gradus.djl.data;

import java.util.Objects;
import java.util.stream.IntStream;

/**
 * The order in which an epoch visits the examples: a pure function of (seed, epoch).
 *
 * <p>It is the Fisher–Yates shuffle of 0, 1, …, size-1 from the last place down, place {@code i}
 * swapped with place {@code below(i + 1)} of the stream {@link SplitMix64#at SplitMix64.at(seed,
 * epoch)}. Resuming in the middle of an epoch is skipping what was visited.
 *
 * @param size how many examples there are, 0 or more
 * @param seed the run's seed
 */
public record DataOrder(int size, long seed) {

  /** Checks the size. */
  public DataOrder {
    if (size < 0) {
      throw new IllegalArgumentException("size " + size);
    }
  }

  /**
   * The order of one epoch.
   *
   * @param epoch from 0
   * @return every index from 0 to size - 1 once
   */
  public int[] epoch(long epoch) {
    var bits = SplitMix64.at(seed, epoch);
    var order = IntStream.range(0, size).toArray();
    for (int place = size - 1; place > 0; place--) {
      int other = bits.below(place + 1);
      int moved = order[place];
      order[place] = order[other];
      order[other] = moved;
    }
    return order;
  }

  /**
   * One worker's part of an epoch: the places {@code shard}, {@code shard + shards}, … of the
   * common order, as many for every worker, so up to {@code shards - 1} examples at the end are
   * left out of this epoch.
   *
   * @param epoch from 0
   * @param shard which worker, from 0
   * @param shards how many workers, 1 or more
   * @return {@code size / shards} indices; the workers' parts do not overlap
   * @throws IndexOutOfBoundsException if the shard is not below the number of shards
   */
  public int[] shard(long epoch, int shard, int shards) {
    Objects.checkIndex(shard, shards);
    var order = epoch(epoch);
    return IntStream.range(0, size / shards).map(step -> order[step * shards + shard]).toArray();
  }
}

package dev.gradus.djl;

import dev.gradus.djl.data.DataOrder;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.function.LongFunction;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/**
 * Which examples each batch has: a pure function of the number of examples, the batch size and the
 * order of the epoch.
 *
 * <p>An epoch is cut into as few batches as the batch size allows, and their sizes differ by at
 * most one, so that every example is visited once an epoch and no small batch is left at the end.
 */
record Batches(int size, int batch, LongFunction<int[]> order) {

  /** Shuffled anew in every epoch. */
  static Batches shuffled(int size, int batch, long seed) {
    return new Batches(size, batch, new DataOrder(size, seed)::epoch);
  }

  /** In the order of the examples. */
  static Batches inOrder(int size, int batch) {
    return new Batches(size, batch, _ -> IntStream.range(0, size).toArray());
  }

  /** How many examples the smallest part has when every batch is cut into some parts. */
  int smallestPart(int parts) {
    int smallest = smallest();
    return smallest / Math.min(parts, smallest);
  }

  /** How many examples the smallest batch has. */
  int smallest() {
    return size / perEpoch();
  }

  int perEpoch() {
    return Math.ceilDiv(size, batch);
  }

  /** Every batch from a place on, for as many epochs as there are. */
  Iterator<Selection> from(long epoch, int place, long epochs) {
    return from(epoch, place, epochs, UnaryOperator.identity());
  }

  /** A part of every batch from a place on, for as many epochs as there are. */
  Iterator<Selection> from(long epoch, int place, long epochs, UnaryOperator<Selection> part) {
    return LongStream.range(epoch, epochs)
        .boxed()
        .flatMap(each -> epoch(each).stream())
        .skip(place)
        .map(part)
        .iterator();
  }

  private List<Selection> epoch(long epoch) {
    int[] indices = order.apply(epoch);
    return Range.cut(size, perEpoch()).stream()
        .map(part -> Arrays.copyOfRange(indices, part.from(), part.to()))
        .map(chosen -> new Selection(epoch, chosen))
        .toList();
  }
}

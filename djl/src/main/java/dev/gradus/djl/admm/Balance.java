package dev.gradus.djl.admm;

import dev.gradus.djl.NetworkLayer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntPredicate;

/** Chooses where blocks begin so that the largest has as few weights as can be. */
final class Balance {
  private final List<Integer> places;
  private final long[] weights;
  private final boolean[] forced;
  private final Map<List<Integer>, Best> known = new HashMap<>();

  /**
   * Chooses among places.
   *
   * @param starts where a block may begin, apart from the first
   * @param forced where one must
   */
  Balance(List<NetworkLayer> layers, List<Integer> starts, IntPredicate forced) {
    places = new ArrayList<>(starts);
    places.addFirst(0);
    weights = new long[places.size()];
    this.forced = new boolean[places.size()];
    for (int i = 0; i < places.size(); i++) {
      int end = i + 1 < places.size() ? places.get(i + 1) : layers.size();
      var own = layers.subList(places.get(i), end);
      weights[i] = own.stream().mapToLong(NetworkLayer::weights).sum();
      this.forced[i] = i > 0 && forced.test(places.get(i));
    }
  }

  /** The best beginnings of the last so many places in so many blocks. */
  private record Best(long largest, List<Integer> starts) {}

  List<Integer> of(int blocks) {
    return best(0, blocks).starts();
  }

  private Best best(int from, int blocks) {
    var question = List.of(from, blocks);
    var answer = known.get(question);
    if (answer == null) {
      answer = blocks == 1 ? rest(from) : cut(from, blocks);
      known.put(question, answer);
    }
    return answer;
  }

  private Best rest(int from) {
    long largest = mayJoin(from, places.size()) ? sum(from, places.size()) : Long.MAX_VALUE;
    return new Best(largest, List.of(places.get(from)));
  }

  private Best cut(int from, int blocks) {
    var best = new Best(Long.MAX_VALUE, List.of());
    for (int next = from + 1; next <= places.size() - blocks + 1 && mayJoin(from, next); next++) {
      var rest = best(next, blocks - 1);
      long largest = Math.max(sum(from, next), rest.largest());
      if (largest < best.largest()) {
        var starts = new ArrayList<Integer>();
        starts.add(places.get(from));
        starts.addAll(rest.starts());
        best = new Best(largest, starts);
      }
    }
    return best;
  }

  private boolean mayJoin(int from, int to) {
    for (int i = from + 1; i < to; i++) {
      if (forced[i]) {
        return false;
      }
    }
    return true;
  }

  private long sum(int from, int to) {
    long sum = 0;
    for (int i = from; i < to; i++) {
      sum += weights[i];
    }
    return sum;
  }
}

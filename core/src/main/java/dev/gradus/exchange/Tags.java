package dev.gradus.exchange;

import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Which tags a sender has used: ranges, so that tags in order take no room. */
final class Tags {
  private final TreeMap<Long, Long> lastByFirst = new TreeMap<>();

  /** The first tag of those that collectives use. */
  static final long FIRST_OF_COLLECTIVES = Long.MIN_VALUE;

  /** The name of a message. */
  static String text(long tag) {
    return tag < 0
        ? "part " + (tag - FIRST_OF_COLLECTIVES) + " of its exchanges"
        : "message " + tag;
  }

  /** Remembers a tag; false if it was used before. */
  boolean add(long tag) {
    var below = lastByFirst.floorEntry(tag);
    if (below != null && below.getValue() >= tag) {
      return false;
    }
    long first = below != null && below.getValue() == tag - 1 ? below.getKey() : tag;
    lastByFirst.put(first, lastWith(tag, lastByFirst.higherEntry(tag)));
    return true;
  }

  private long lastWith(long tag, Map.@Nullable Entry<Long, Long> above) {
    if (above == null || above.getKey() - 1 != tag) {
      return tag;
    }
    lastByFirst.remove(above.getKey());
    return above.getValue();
  }

  int ranges() {
    return lastByFirst.size();
  }
}

package dev.gradus.cli.run;

import java.util.LinkedHashMap;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/** Maps that a file may leave out. */
final class Maps {
  private Maps() {}

  static <K, V> SequencedMap<K, V> orEmpty(@Nullable SequencedMap<K, V> map) {
    return map == null ? new LinkedHashMap<>() : map;
  }
}

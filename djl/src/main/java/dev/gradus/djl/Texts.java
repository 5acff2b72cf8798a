package dev.gradus.djl;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;

/** Texts by key, where keys that begin alike belong together. */
final class Texts {

  private Texts() {}

  /** The same texts, each key with something before it. */
  static SequencedMap<String, String> under(String prefix, Map<String, String> texts) {
    var result = new LinkedHashMap<String, String>();
    texts.forEach((key, text) -> result.put(prefix + key, text));
    return result;
  }

  /** The texts whose keys have something before them, without it. */
  static SequencedMap<String, String> below(Map<String, String> texts, String prefix) {
    var result = new LinkedHashMap<String, String>();
    texts.forEach(
        (key, text) -> {
          if (key.startsWith(prefix)) {
            result.put(key.substring(prefix.length()), text);
          }
        });
    return result;
  }

  static SequencedMap<String, Double> numbers(Map<String, String> texts) {
    var result = new LinkedHashMap<String, Double>();
    texts.forEach((key, text) -> result.put(key, Double.valueOf(text)));
    return result;
  }

  static SequencedMap<String, String> texts(Map<String, Double> numbers) {
    var result = new LinkedHashMap<String, String>();
    numbers.forEach((key, number) -> result.put(key, Double.toString(number)));
    return result;
  }
}

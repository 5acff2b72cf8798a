package dev.gradus.djl.torch;

import ai.djl.util.JsonUtils;
import com.google.gson.JsonParseException;
import com.google.gson.reflect.TypeToken;
import dev.gradus.UserException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The texts that Python's {@code json} module reads and writes. */
final class Json {
  private static final TypeToken<List<String>> STRINGS = new TypeToken<>() {};

  private static final TypeToken<Map<String, String>> TEXTS = new TypeToken<>() {};

  private Json() {}

  static String text(Object value) {
    return JsonUtils.GSON_COMPACT.toJson(value);
  }

  static List<String> strings(String text) {
    var strings = read(text, STRINGS);
    requireNoNull(strings);
    return List.copyOf(strings);
  }

  static Map<String, String> texts(String text) {
    var texts = read(text, TEXTS);
    requireNoNull(texts.values());
    return texts;
  }

  /** Refuses JSON's null among values that are all needed. */
  static void requireNoNull(Collection<?> values) {
    if (values.stream().anyMatch(Objects::isNull)) {
      throw unknown(null);
    }
  }

  /** Reads a text that Python has written. */
  static <T> T read(String text, TypeToken<T> type) {
    try {
      var value = JsonUtils.GSON_COMPACT.fromJson(text, type);
      if (value != null) {
        return value;
      }
    } catch (JsonParseException mistake) {
      throw unknown(mistake);
    }
    throw unknown(null);
  }

  private static UserException unknown(@Nullable JsonParseException cause) {
    return new UserException(
        "The file's metadata are not the JSON that docs/pytorch.md tells; save it once more.",
        cause);
  }
}

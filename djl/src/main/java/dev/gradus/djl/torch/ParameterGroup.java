package dev.gradus.djl.torch;

import com.google.gson.reflect.TypeToken;
import dev.gradus.UserException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What {@code optimizer.state_dict()["param_groups"]} says of some parameters.
 *
 * @param options the options of the rule, such as {@code lr} and {@code betas}
 * @param indices the numbers of the parameters in PyTorch's optimizer
 * @param names their names, if PyTorch was told them; otherwise empty
 */
record ParameterGroup(
    SortedMap<String, Object> options, List<Integer> indices, List<String> names) {
  static final String METADATA = "param_groups";
  private static final String INDICES = "params";
  private static final String NAMES = "param_names";
  private static final TypeToken<List<Map<String, Object>>> GROUPS = new TypeToken<>() {};

  static List<ParameterGroup> read(String json) {
    var groups = Json.read(json, GROUPS);
    Json.requireNoNull(groups);
    return groups.stream().map(ParameterGroup::of).toList();
  }

  private static ParameterGroup of(Map<String, Object> group) {
    var options = new TreeMap<>(group);
    var indices = list(options.remove(INDICES)).stream().map(ParameterGroup::index).toList();
    var names = list(options.remove(NAMES)).stream().map(Objects::toString).toList();
    if (!names.isEmpty() && names.size() != indices.size()) {
      throw new UserException(
          "A group of PyTorch's optimizer has %d parameters but %d names; save it once more."
              .formatted(indices.size(), names.size()));
    }
    return new ParameterGroup(options, indices, names);
  }

  private static List<?> list(@Nullable Object value) {
    return value instanceof List<?> many ? many : List.of();
  }

  private static int index(Object number) {
    return number instanceof Number index ? index.intValue() : -1;
  }

  static String text(List<ParameterGroup> groups) {
    return Json.text(groups.stream().map(ParameterGroup::map).toList());
  }

  private Map<String, Object> map() {
    var all = new TreeMap<>(options);
    all.put(INDICES, indices);
    all.put(NAMES, names);
    return all;
  }

  /**
   * Refuses an optimizer that climbs.
   *
   * @throws UserException if it is one
   */
  void requireMinimising() {
    if (Boolean.TRUE.equals(options.get("maximize"))) {
      throw new UserException(
          "PyTorch's optimizer was made with maximize=True, which is not possible here; negate the"
              + " loss instead.");
    }
  }
}

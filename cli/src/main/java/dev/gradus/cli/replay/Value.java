package dev.gradus.cli.replay;

import com.fasterxml.jackson.databind.JsonNode;
import dev.gradus.UserException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;

/**
 * A value of a JSON document and where it stands, such as {@code steps[3].gradients.weight}.
 *
 * @param place where; empty for the document itself
 * @param node the value
 */
record Value(String place, JsonNode node) {
  static Value document(JsonNode node) {
    return new Value("", node);
  }

  /** A member that must be there. */
  Value get(String name) {
    return find(name)
        .orElseThrow(
            () ->
                new UserException(
                    (place.isEmpty() ? "The trace" : place) + " has no member '" + name + "'."));
  }

  Optional<Value> find(String name) {
    return Optional.ofNullable(node.get(name)).map(member -> new Value(inside(name), member));
  }

  private String inside(String name) {
    return place.isEmpty() ? name : place + "." + name;
  }

  SequencedMap<String, Value> members() {
    require(node.isObject(), "an object");
    var members = new LinkedHashMap<String, Value>();
    node.properties()
        .forEach(m -> members.put(m.getKey(), new Value(inside(m.getKey()), m.getValue())));
    return members;
  }

  List<Value> elements() {
    require(node.isArray(), "an array");
    var elements = new ArrayList<Value>();
    for (int i = 0; i < node.size(); i++) {
      elements.add(new Value(place + "[" + i + "]", node.get(i)));
    }
    return elements;
  }

  String text() {
    require(node.isTextual(), "a text");
    return node.textValue();
  }

  double[] numbers() {
    return elements().stream().mapToDouble(Value::number).toArray();
  }

  private double number() {
    require(node.isNumber() && Double.isFinite(node.doubleValue()), "a finite number");
    return node.doubleValue();
  }

  /** A size of a shape. */
  long size() {
    require(node.canConvertToExactIntegral() && node.canConvertToLong(), "a whole number");
    require(node.longValue() >= 1, "at least 1");
    return node.longValue();
  }

  private void require(boolean condition, String what) {
    if (!condition) {
      throw new UserException("%s is %s, but must be %s.".formatted(place, shown(), what));
    }
  }

  private String shown() {
    return switch (node.getNodeType()) {
      case OBJECT -> "an object";
      case ARRAY -> "an array";
      case NUMBER -> node.asText();
      default -> node.toString();
    };
  }
}

package dev.gradus.cli.replay;

import com.fasterxml.jackson.databind.JsonNode;
import dev.gradus.UserException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.stream.Collectors;

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

  double number() {
    require(node.isNumber() && Double.isFinite(node.doubleValue()), "a finite number");
    return node.doubleValue();
  }

  boolean flag() {
    require(node.isBoolean(), "true or false");
    return node.booleanValue();
  }

  /** A whole number from 0 up to a bound, which it is below. */
  int index(int bound) {
    require(node.isIntegralNumber(), "a whole number");
    require(
        node.canConvertToInt() && node.intValue() >= 0 && node.intValue() < bound,
        "at least 0 and below " + bound);
    return node.intValue();
  }

  /** A whole number from 1. */
  int count() {
    require(size() <= Integer.MAX_VALUE, "at most " + Integer.MAX_VALUE);
    return node.intValue();
  }

  /** The constant whose name in lower case is the text. */
  <E extends Enum<E>> E constant(Class<E> type) {
    var known = Arrays.asList(type.getEnumConstants());
    return known.stream()
        .filter(constant -> word(constant).equals(text()))
        .findFirst()
        .orElseThrow(
            () ->
                new UserException(
                    "%s is %s, but must be one of %s."
                        .formatted(
                            place,
                            shown(),
                            known.stream().map(Value::word).collect(Collectors.joining(", ")))));
  }

  private static String word(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
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

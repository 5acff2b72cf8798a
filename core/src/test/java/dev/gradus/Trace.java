package dev.gradus;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.gradus.equation.Pipeline;
import dev.gradus.equation.Rule;
import dev.gradus.equation.Shape;
import dev.gradus.equation.Stage;
import dev.gradus.text.Option;
import dev.gradus.text.RecordType;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A trace recorded by running the authors' code. */
record Trace(String name, JsonNode json) {
  private static final Set<String> NOT_OF_THE_RULE =
      Set.of("learningRate", "impl", "torch113Defect", "fixedDecay", "degeneratedToSgd");

  static Trace read(String name) throws IOException {
    try (InputStream in = Trace.class.getResourceAsStream("/golden/" + name + ".json")) {
      return new Trace(name, new ObjectMapper().readTree(in));
    }
  }

  /** The pipeline in force in a step, which later steps may change. */
  Pipeline pipeline(int step) {
    String method = json.get("method").asText();
    RecordType<? extends Rule> type =
        Rules.CATALOGUE.types().stream()
            .filter(t -> t.name().equals(method))
            .findFirst()
            .orElseThrow();
    var settings = new HashMap<String, Object>();
    addSettings(type, json.get("options"), settings);
    for (int t = 0; t <= step; t++) {
      addSettings(type, json.path("steps").path(t).path("options"), settings);
    }
    return new Pipeline(List.of(new Stage(method, type.create(settings), Optional.empty())));
  }

  private static void addSettings(
      RecordType<?> type, JsonNode options, Map<String, Object> settings) {
    options
        .properties()
        .forEach(
            option -> {
              if (!NOT_OF_THE_RULE.contains(option.getKey())) {
                settings.put(option.getKey(), value(type, option.getKey(), option.getValue()));
              }
            });
  }

  private static Object value(RecordType<?> type, String name, JsonNode value) {
    Option option =
        type.options().stream().filter(o -> o.name().equals(name)).findFirst().orElseThrow();
    if (option.type().isEnum()) {
      for (Object constant : option.type().getEnumConstants()) {
        if (constant.toString().equalsIgnoreCase(value.asText())) {
          return constant;
        }
      }
    }
    if (value.isNull()) {
      return Double.POSITIVE_INFINITY;
    }
    if (value.isBoolean()) {
      return value.asBoolean();
    }
    return option.type() == long.class ? (Object) value.asLong() : (Object) value.asDouble();
  }

  List<Parameter> parameters() {
    return parameters(json.get("parameters"));
  }

  static List<Parameter> parameters(JsonNode tensors) {
    var parameters = new ArrayList<Parameter>();
    for (JsonNode p : tensors) {
      var shape = new ArrayList<Long>();
      p.get("shape").forEach(d -> shape.add(d.asLong()));
      parameters.add(new Parameter(p.get("name").asText(), new Shape(shape), ParameterType.OTHER));
    }
    return parameters;
  }

  /** The learning rate in force in each step. */
  double[] learningRates() {
    double rate = json.get("options").get("learningRate").asDouble();
    var rates = new double[json.get("steps").size()];
    for (int t = 0; t < rates.length; t++) {
      JsonNode changed = json.get("steps").get(t).path("options").path("learningRate");
      rate = changed.isMissingNode() ? rate : changed.asDouble();
      rates[t] = rate;
    }
    return rates;
  }

  static double[] doubles(JsonNode values) {
    if (values.isNumber()) {
      return new double[] {values.asDouble()};
    }
    var result = new double[values.size()];
    for (int i = 0; i < result.length; i++) {
      result[i] = values.get(i).asDouble();
    }
    return result;
  }

  static Map<String, double[]> arrays(JsonNode byName) {
    var result = new HashMap<String, double[]>();
    byName.properties().forEach(e -> result.put(e.getKey(), doubles(e.getValue())));
    return result;
  }
}

package dev.gradus;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.gradus.equation.Shape;
import dev.gradus.trace.RecordedStep;
import dev.gradus.trace.Trace;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A trace recorded by running the authors' code. */
record GoldenTrace(String name, JsonNode json) {
  static GoldenTrace read(String name) throws IOException {
    try (InputStream in = GoldenTrace.class.getResourceAsStream("/golden/" + name + ".json")) {
      return new GoldenTrace(name, new ObjectMapper().readTree(in));
    }
  }

  /** What the authors' code was given. */
  Trace inputs() {
    var steps = new ArrayList<RecordedStep>();
    json.get("steps").forEach(step -> steps.add(step(step)));
    JsonNode parameters = json.get("parameters");
    return new Trace(method(), options(), parameters(parameters), values(parameters), steps);
  }

  private static RecordedStep step(JsonNode step) {
    return new RecordedStep(
        options(step.path("options")),
        Optional.ofNullable(step.get("before")).map(JsonNode::asText),
        arrays(step.get("gradients")));
  }

  String method() {
    return json.get("method").asText();
  }

  Map<String, String> options() {
    return options(json.get("options"));
  }

  private static Map<String, String> options(JsonNode options) {
    var result = new HashMap<String, String>();
    options.properties().forEach(o -> result.put(o.getKey(), option(o.getValue())));
    return result;
  }

  private static String option(JsonNode value) {
    return value.isNull() ? "∞" : value.isArray() ? value.toString() : value.asText();
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

  /** The values of named tensors in a list. */
  static Map<String, double[]> values(JsonNode tensors) {
    var result = new HashMap<String, double[]>();
    tensors.forEach(t -> result.put(t.get("name").asText(), doubles(t.get("values"))));
    return result;
  }

  static double[] doubles(JsonNode values) {
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

package dev.gradus.cli.replay;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.gradus.Parameter;
import dev.gradus.ParameterType;
import dev.gradus.UserException;
import dev.gradus.equation.Shape;
import dev.gradus.trace.RecordedStep;
import dev.gradus.trace.Trace;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;

/** Takes from a document what an optimizer was given. */
final class TraceReader {
  private static final String NO_BOUND = "∞";

  private final Value document;

  TraceReader(ObjectNode document) {
    this.document = Value.document(document);
  }

  boolean has(String member) {
    return document.find(member).isPresent();
  }

  String method() {
    return document.get("method").text();
  }

  Map<String, String> options() {
    return options(document.get("options"));
  }

  /** The inputs of a run of several steps. */
  Trace trace() {
    List<Value> parameters = document.get("parameters").elements();
    List<RecordedStep> steps =
        document.get("steps").elements().stream().map(TraceReader::step).toList();
    return new Trace(method(), options(), tensors(parameters), values(parameters), steps);
  }

  /** The tensors of a trace that is gradients alone. */
  List<Parameter> tensors() {
    return tensors(document.get("gradients").elements());
  }

  /** The gradients of a trace that is gradients alone. */
  Map<String, double[]> gradients() {
    return values(document.get("gradients").elements());
  }

  private static RecordedStep step(Value step) {
    return new RecordedStep(
        step.find("options").map(TraceReader::options).orElse(Map.of()),
        step.find("before").map(Value::text),
        arrays(step.get("gradients").members()));
  }

  private static Map<String, String> options(Value options) {
    var result = new LinkedHashMap<String, String>();
    options.members().forEach((name, value) -> result.put(name, option(value)));
    return result;
  }

  private static String option(Value value) {
    if (value.node().isNull()) {
      return NO_BOUND;
    }
    return value.node().isContainerNode() ? value.node().toString() : value.node().asText();
  }

  private static List<Parameter> tensors(List<Value> tensors) {
    return tensors.stream().map(TraceReader::tensor).toList();
  }

  private static Parameter tensor(Value tensor) {
    List<Long> sizes = tensor.get("shape").elements().stream().map(Value::size).toList();
    Optional<Long> product = sizes.stream().reduce(TraceReader::product);
    if (product.orElse(1L) > Integer.MAX_VALUE) {
      throw new UserException(
          "%s.shape has %s numbers; a trace may have %d for a tensor."
              .formatted(tensor.place(), "too many", Integer.MAX_VALUE));
    }
    return new Parameter(tensor.get("name").text(), new Shape(sizes), ParameterType.OTHER);
  }

  private static long product(long a, long b) {
    return a > Integer.MAX_VALUE / b ? Long.MAX_VALUE : a * b;
  }

  private static Map<String, double[]> values(List<Value> tensors) {
    var values = new LinkedHashMap<String, double[]>();
    tensors.forEach(t -> values.put(t.get("name").text(), t.get("values").numbers()));
    return values;
  }

  private static Map<String, double[]> arrays(SequencedMap<String, Value> members) {
    var arrays = new LinkedHashMap<String, double[]>();
    members.forEach((name, value) -> arrays.put(name, value.numbers()));
    return arrays;
  }
}

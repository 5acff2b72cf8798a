package dev.gradus.djl.telemetry;

import com.google.gson.Gson;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonPrimitive;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/** Measurements as JSON; numbers that are not finite are texts, such as {@code "NaN"}. */
final class MeasurementJson {
  private static final Gson GSON = new Gson();

  private MeasurementJson() {}

  static String print(Measurement measurement) {
    var json = new JsonObject();
    switch (measurement) {
      case Measurement.Step step -> put(json, step);
      case Measurement.Skipped skipped -> put(json, skipped);
      case Measurement.Exchange exchange -> put(json, exchange);
      case Measurement.Epoch epoch -> put(json, epoch);
    }
    return GSON.toJson(json);
  }

  private static void put(JsonObject json, Measurement.Step step) {
    json.addProperty("kind", "step");
    json.addProperty("step", step.step());
    json.addProperty("epoch", step.epoch());
    json.add("seconds", number(step.seconds()));
    json.add("loss", number(step.loss()));
    json.add("learningRate", number(step.learningRate()));
    json.add("examplesPerSecond", number(step.examplesPerSecond()));
    if (!step.measured().isEmpty()) {
      var measured = new JsonObject();
      step.measured().forEach((tensor, norms) -> measured.add(tensor, numbers(norms)));
      json.add("measured", measured);
    }
  }

  private static void put(JsonObject json, Measurement.Skipped skipped) {
    json.addProperty("kind", "skipped");
    json.addProperty("step", skipped.step());
    json.add("seconds", number(skipped.seconds()));
    json.addProperty("notFinite", skipped.notFinite());
  }

  private static void put(JsonObject json, Measurement.Exchange exchange) {
    json.addProperty("kind", "exchange");
    json.addProperty("step", exchange.step());
    json.add("seconds", number(exchange.seconds()));
    json.addProperty("bytesPerStep", exchange.bytesPerStep());
    json.add("compression", number(exchange.compression()));
    json.add("tensors", numbers(exchange.tensors()));
  }

  private static void put(JsonObject json, Measurement.Epoch epoch) {
    json.addProperty("kind", "epoch");
    json.addProperty("step", epoch.step());
    json.addProperty("epoch", epoch.epoch());
    json.add("seconds", number(epoch.seconds()));
    json.add("trainLoss", number(epoch.trainLoss()));
    if (!epoch.validation().isEmpty()) {
      json.add("validation", numbers(epoch.validation()));
    }
    json.addProperty("best", epoch.best());
  }

  private static JsonPrimitive number(double value) {
    return Double.isFinite(value)
        ? new JsonPrimitive(value)
        : new JsonPrimitive(Double.toString(value));
  }

  private static JsonObject numbers(Map<String, Double> values) {
    var json = new JsonObject();
    values.forEach((name, value) -> json.add(name, number(value)));
    return json;
  }

  /** Nothing if the text is damaged. */
  static Optional<Measurement> parse(String text) {
    try {
      var json = GSON.getAdapter(JsonElement.class).fromJson(text).getAsJsonObject();
      return Optional.of(measurement(json));
    } catch (IOException
        | JsonParseException
        | IllegalStateException
        | NumberFormatException damaged) {
      return Optional.empty();
    }
  }

  private static Measurement measurement(JsonObject json) {
    var kind = get(json, "kind").getAsString();
    return switch (kind) {
      case "step" ->
          new Measurement.Step(
              get(json, "step").getAsLong(),
              get(json, "epoch").getAsLong(),
              get(json, "seconds").getAsDouble(),
              get(json, "loss").getAsDouble(),
              get(json, "learningRate").getAsDouble(),
              get(json, "examplesPerSecond").getAsDouble(),
              measured(json));
      case "skipped" ->
          new Measurement.Skipped(
              get(json, "step").getAsLong(),
              get(json, "seconds").getAsDouble(),
              get(json, "notFinite").getAsString());
      case "exchange" ->
          new Measurement.Exchange(
              get(json, "step").getAsLong(),
              get(json, "seconds").getAsDouble(),
              get(json, "bytesPerStep").getAsLong(),
              get(json, "compression").getAsDouble(),
              values(json.get("tensors")));
      case "epoch" ->
          new Measurement.Epoch(
              get(json, "step").getAsLong(),
              get(json, "epoch").getAsLong(),
              get(json, "seconds").getAsDouble(),
              get(json, "trainLoss").getAsDouble(),
              values(json.get("validation")),
              get(json, "best").getAsBoolean());
      default -> throw new JsonParseException("no kind of measurement: " + kind);
    };
  }

  private static JsonElement get(JsonObject json, String key) {
    var value = json.get(key);
    if (value == null) {
      throw new JsonParseException("no " + key);
    }
    return value;
  }

  private static Map<String, Map<String, Double>> measured(JsonObject json) {
    var tensors = new LinkedHashMap<String, Map<String, Double>>();
    if (json.has("measured")) {
      get(json, "measured")
          .getAsJsonObject()
          .entrySet()
          .forEach(tensor -> tensors.put(tensor.getKey(), values(tensor.getValue())));
    }
    return tensors;
  }

  private static SequencedMap<String, Double> values(@Nullable JsonElement json) {
    var values = new LinkedHashMap<String, Double>();
    if (json != null) {
      json.getAsJsonObject()
          .entrySet()
          .forEach(value -> values.put(value.getKey(), value.getValue().getAsDouble()));
    }
    return values;
  }
}

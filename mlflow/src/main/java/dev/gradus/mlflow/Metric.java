package dev.gradus.mlflow;

import com.google.gson.JsonObject;

/** A number at a step. */
record Metric(String name, double value, long step, long time) {

  /** As MLflow reads it; what is not finite is a text. */
  JsonObject json() {
    var json = new JsonObject();
    json.addProperty("key", name);
    if (Double.isFinite(value)) {
      json.addProperty("value", value);
    } else {
      json.addProperty("value", Double.toString(value));
    }
    json.addProperty("timestamp", time);
    json.addProperty("step", step);
    return json;
  }
}

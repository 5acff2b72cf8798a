package dev.gradus.mlflow;

import com.google.gson.Gson;
import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The requests of MLflow's REST interface that a training needs, each with a deadline. */
final class TrackingServer implements AutoCloseable {
  private static final String INTERFACE = "/api/2.0/mlflow/";
  private static final int OK = 200;
  private static final int MISSING = 404;

  /** Bad request, not authorised, forbidden, not found, too large. */
  private static final Set<Integer> FOR_GOOD = Set.of(400, 401, 403, MISSING, 413);

  private static final int LONGEST_ANSWER = 200;

  private final Gson gson = new Gson();
  private final String base;
  private final Map<String, String> headers;
  private final Duration deadline;
  private final HttpClient client;

  TrackingServer(URI server, Map<String, String> headers, Duration deadline) {
    base = server.toString().replaceFirst("/+$", "") + INTERFACE;
    this.headers = headers;
    this.deadline = deadline;
    client = HttpClient.newBuilder().connectTimeout(deadline).build();
  }

  /** The identifier of an experiment, which is made if there is none. */
  String experiment(String name) throws IOException {
    var query = "?experiment_name=" + URLEncoder.encode(name, StandardCharsets.UTF_8);
    var found = send(request("experiments/get-by-name" + query).GET().build());
    if (found.statusCode() == MISSING) {
      return string(post("experiments/create", Map.of("name", name)), "experiment_id");
    }
    return string(object(json(found), "experiment"), "experiment_id");
  }

  /** Begins a run and gives its identifier. */
  String createRun(String experiment, String name, long time) throws IOException {
    var run =
        post(
            "runs/create",
            Map.of("experiment_id", experiment, "run_name", name, "start_time", time));
    return string(object(object(run, "run"), "info"), "run_id");
  }

  void logParameters(String run, Map<String, String> parameters) throws IOException {
    post("runs/log-batch", Map.of("run_id", run, "params", pairs(parameters)));
  }

  void logMetrics(String run, List<Metric> metrics) throws IOException {
    var all = new JsonArray();
    metrics.forEach(metric -> all.add(metric.json()));
    post("runs/log-batch", Map.of("run_id", run, "metrics", all));
  }

  /** Says what a run does now. */
  void update(String run, String status) throws IOException {
    post("runs/update", Map.of("run_id", run, "status", status));
  }

  /** Says that a run has ended. */
  void end(String run, String status, long time) throws IOException {
    post("runs/update", Map.of("run_id", run, "status", status, "end_time", time));
  }

  private static JsonArray pairs(Map<String, String> values) {
    var pairs = new JsonArray();
    values.forEach(
        (key, value) -> {
          var pair = new JsonObject();
          pair.addProperty("key", key);
          pair.addProperty("value", value);
          pairs.add(pair);
        });
    return pairs;
  }

  private JsonObject post(String path, Map<String, Object> body) throws IOException {
    var content = BodyPublishers.ofString(gson.toJson(body));
    return json(
        send(request(path).header("Content-Type", "application/json").POST(content).build()));
  }

  private HttpRequest.Builder request(String path) {
    var request = HttpRequest.newBuilder(URI.create(base + path)).timeout(deadline);
    headers.forEach(request::header);
    return request;
  }

  private HttpResponse<String> send(HttpRequest request) throws IOException {
    try {
      return client.send(request, BodyHandlers.ofString());
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", interrupted);
    }
  }

  private JsonObject json(HttpResponse<String> answer) throws IOException {
    int status = answer.statusCode();
    if (status != OK) {
      var words =
          "%s answers %d: %s".formatted(answer.uri().getPath(), status, shortened(answer.body()));
      throw FOR_GOOD.contains(status) ? new RefusedException(words) : new IOException(words);
    }
    try {
      return gson.fromJson(answer.body(), JsonObject.class);
    } catch (JsonParseException damaged) {
      throw new IOException(answer.uri().getPath() + " answers no JSON", damaged);
    }
  }

  private static String shortened(String text) {
    return text.substring(0, Math.min(LONGEST_ANSWER, text.length())).strip();
  }

  private static JsonObject object(JsonObject json, String key) throws IOException {
    if (json.get(key) instanceof JsonObject object) {
      return object;
    }
    throw new IOException("the answer has no " + key);
  }

  private static String string(JsonObject json, String key) throws IOException {
    var value = json.get(key);
    if (value == null) {
      throw new IOException("the answer has no " + key);
    }
    return value.getAsString();
  }

  @Override
  public void close() {
    client.shutdownNow();
  }
}

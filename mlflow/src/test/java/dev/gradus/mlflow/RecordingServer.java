package dev.gradus.mlflow;

import com.google.gson.Gson;
import com.google.gson.JsonObject;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/** A tracking server on this machine that keeps what it is asked. */
final class RecordingServer implements AutoCloseable {
  private static final String INTERFACE = "/api/2.0/mlflow/";

  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final HttpServer server;
  private final List<Request> requests = Collections.synchronizedList(new ArrayList<>());
  private final CountDownLatch asked = new CountDownLatch(1);
  private final CountDownLatch closed = new CountDownLatch(1);
  private volatile int status = 200;
  private volatile boolean hanging;

  private record Request(String path, String authorisation, JsonObject body) {}

  RecordingServer() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::answer);
    server.setExecutor(threads);
    server.start();
  }

  URI address() {
    return URI.create("http://localhost:" + server.getAddress().getPort() + "/");
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      int now = status;
      asked.countDown();
      if (hanging) {
        await(closed);
        return;
      }
      if (now != 200) {
        send(exchange, now, "no");
        return;
      }
      keep(exchange);
      var path = exchange.getRequestURI().getPath();
      if (path.endsWith("get-by-name")) {
        send(exchange, 404, "{\"error_code\":\"RESOURCE_DOES_NOT_EXIST\"}");
      } else if (path.endsWith("experiments/create")) {
        send(exchange, 200, "{\"experiment_id\":\"7\"}");
      } else if (path.endsWith("runs/create")) {
        send(exchange, 200, "{\"run\":{\"info\":{\"run_id\":\"run-1\"}}}");
      } else {
        send(exchange, 200, "{}");
      }
    }
  }

  private void keep(HttpExchange exchange) throws IOException {
    var path = exchange.getRequestURI().toString().substring(INTERFACE.length());
    var text = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    var body = text.isEmpty() ? new JsonObject() : new Gson().fromJson(text, JsonObject.class);
    var authorisation = String.valueOf(exchange.getRequestHeaders().getFirst("Authorization"));
    requests.add(new Request(exchange.getRequestMethod() + " " + path, authorisation, body));
  }

  private static void send(HttpExchange exchange, int status, String text) throws IOException {
    var bytes = text.getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(status, bytes.length);
    exchange.getResponseBody().write(bytes);
  }

  private static void await(CountDownLatch latch) {
    try {
      if (!latch.await(30, TimeUnit.SECONDS)) {
        throw new IllegalStateException("nothing happened for 30 seconds");
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  void failWith(int code) {
    status = code;
  }

  void hang() {
    hanging = true;
  }

  void awaitRequest() {
    await(asked);
  }

  void clear() {
    requests.clear();
  }

  List<String> paths() {
    return requests.stream().map(Request::path).toList();
  }

  List<String> authorisations() {
    return requests.stream().map(Request::authorisation).toList();
  }

  List<JsonObject> bodies() {
    return requests.stream().map(Request::body).toList();
  }

  @Override
  public void close() {
    closed.countDown();
    server.stop(0);
    threads.shutdownNow();
  }
}

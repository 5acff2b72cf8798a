package dev.gradus.cli.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import dev.gradus.UserException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(30)
class DownloadTest {
  private static final byte[] CONTENTS = "contents".getBytes(StandardCharsets.UTF_8);
  private static final String SHA_256 =
      "d1b2a59fbea7e20077af9f91b27e95e865061b270be03ff539ab3b73587882e8";

  @TempDir Path folder;
  private final CountDownLatch done = new CountDownLatch(1);
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private HttpServer server;

  @BeforeEach
  void serve() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    answer("/file", CONTENTS.length);
    answer("/silent", CONTENTS.length + 1);
    server.start();
  }

  /** Sends the contents, then stays silent when more was promised. */
  private void answer(String path, int promised) {
    server.createContext(
        path,
        exchange -> {
          exchange.sendResponseHeaders(200, promised);
          exchange.getResponseBody().write(CONTENTS);
          exchange.getResponseBody().flush();
          if (promised == CONTENTS.length) {
            exchange.close();
          } else {
            awaitTheEnd();
          }
        });
  }

  private void awaitTheEnd() {
    try {
      done.await();
    } catch (InterruptedException interrupted) {
      throw new UncheckedIOException(new IOException(interrupted));
    }
  }

  @AfterEach
  void stop() {
    done.countDown();
    server.stop(0);
    threads.shutdownNow();
  }

  @Test
  void leavesTheCheckedFile() throws IOException {
    download("/file", CONTENTS.length, SHA_256).to(folder.resolve("file"));
    assertThat(folder.resolve("file")).hasBinaryContent(CONTENTS);
    assertThat(files()).containsExactly("file");
  }

  @Test
  void refusesOtherContents() throws IOException {
    assertFails(
        "/file", CONTENTS.length, "0000", "has the SHA-256 " + SHA_256 + " instead of 0000");
  }

  @Test
  void refusesMoreThanPublished() throws IOException {
    assertFails("/file", CONTENTS.length - 1, SHA_256, "body exceeds capacity: 7");
  }

  @Test
  void refusesOtherAnswers() throws IOException {
    assertFails("/absent", 1000, SHA_256, "the server answered with status 404");
  }

  @Test
  void givesUpOnSilence() throws IOException {
    assertFails("/silent", 1000, SHA_256, "nothing came for 1 s");
  }

  @Test
  void fetchesOnlyWhatIsMissing() throws IOException {
    var options = Fixture.options(folder);
    var online = options.withPlaces(new DataPlaces(List.of(), folder, false));
    Files.createDirectories(folder.resolve("set"));
    Files.writeString(folder.resolve("set/have"), "had");
    var files =
        List.of(new Published("have", 1, "?"), new Published("file", CONTENTS.length, SHA_256));
    var address = "http://" + address() + "/";
    assertThat(new Downloads(online).fetch("set", address, files)).isEqualTo(folder.resolve("set"));
    assertThat(folder.resolve("set/have")).hasContent("had");
    assertThat(folder.resolve("set/file")).hasBinaryContent(CONTENTS);
  }

  @Test
  void saysWhatToDoWhenItFails() {
    var options = Fixture.options(folder).withPlaces(new DataPlaces(List.of(), folder, false));
    var files = List.of(new Published("absent", 1, "?"));
    assertThatThrownBy(
            () -> new Downloads(options).fetch("set", "http://" + address() + "/", files))
        .isInstanceOf(UserException.class)
        .hasMessage(
            "The data set 'set' is not in any of '%s', and the download of http://%s/absent"
                + " failed: the server answered with status 404."
                + " Put the file there, or try again.",
            folder.resolve("set"), address());
  }

  private void assertFails(String path, long length, String sha256, String message)
      throws IOException {
    assertThatThrownBy(() -> download(path, length, sha256).to(folder.resolve("file")))
        .isInstanceOf(IOException.class)
        .hasMessageContaining(message);
    assertThat(files()).isEmpty();
  }

  private Download download(String path, long length, String sha256) {
    return new Download(
        URI.create("http://" + address() + path),
        new Published("file", length, sha256),
        LoadListener.SILENT,
        Duration.ofSeconds(1));
  }

  private String address() {
    return server.getAddress().getHostString() + ":" + server.getAddress().getPort();
  }

  private List<String> files() throws IOException {
    try (var files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).toList();
    }
  }
}

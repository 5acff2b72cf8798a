package dev.gradus.cli.data;

import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Redirect;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpResponse.BodySubscribers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** One file from the network: bounded in length and in silence, checked before it counts. */
final class Download {
  private static final Duration LONGEST_SILENCE = Duration.ofSeconds(60);
  private static final Duration LOOK = Duration.ofMillis(500);

  private final URI from;
  private final Published file;
  private final LoadListener listener;
  private final Duration longestSilence;

  Download(URI from, Published file, LoadListener listener) {
    this(from, file, listener, LONGEST_SILENCE);
  }

  Download(URI from, Published file, LoadListener listener, Duration longestSilence) {
    this.from = from;
    this.file = file;
    this.listener = listener;
    this.longestSilence = longestSilence;
  }

  /** Leaves either the whole, checked file or nothing. */
  void to(Path target) throws IOException {
    var folder = target.toAbsolutePath().getParent();
    var partial = Files.createTempFile(folder, target.getFileName() + "-", ".part");
    try {
      receive(partial);
      check(partial);
      Files.move(partial, target, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Files.deleteIfExists(partial);
    }
  }

  private void receive(Path partial) throws IOException {
    var client =
        HttpClient.newBuilder()
            .followRedirects(Redirect.NORMAL)
            .connectTimeout(longestSilence)
            .build();
    try {
      var request = HttpRequest.newBuilder(from).timeout(longestSilence).build();
      var response = await(client.sendAsync(request, into(partial)), partial);
      if (response.statusCode() != 200) {
        throw new IOException("the server answered with status " + response.statusCode());
      }
    } finally {
      client.shutdownNow();
    }
  }

  /** Writes no more than was published, and nothing of an error page. */
  private BodyHandler<Path> into(Path partial) {
    var whole = BodyHandlers.limiting(BodyHandlers.ofFile(partial), file.length());
    return answer ->
        answer.statusCode() == 200 ? whole.apply(answer) : BodySubscribers.replacing(partial);
  }

  private HttpResponse<Path> await(CompletableFuture<HttpResponse<Path>> answer, Path partial)
      throws IOException {
    long length = 0;
    long grown = System.nanoTime();
    while (System.nanoTime() - grown < longestSilence.toNanos()) {
      try {
        return answer.get(LOOK.toMillis(), TimeUnit.MILLISECONDS);
      } catch (TimeoutException pending) {
        long now = Files.size(partial);
        grown = now > length ? System.nanoTime() : grown;
        length = now;
        listener.progress(file.name(), length, file.length());
      } catch (ExecutionException failure) {
        throw new IOException(reason(failure.getCause()), failure);
      } catch (InterruptedException interrupted) {
        Thread.currentThread().interrupt();
        throw new IOException("interrupted", interrupted);
      }
    }
    throw new IOException("nothing came for " + longestSilence.toSeconds() + " s");
  }

  private static String reason(@Nullable Throwable failure) {
    return failure instanceof IOException told && told.getMessage() != null
        ? told.getMessage()
        : String.valueOf(failure);
  }

  private void check(Path partial) throws IOException {
    var digest = sha256();
    try (var in = new DigestInputStream(Files.newInputStream(partial), digest)) {
      in.transferTo(OutputStream.nullOutputStream());
    }
    var found = HexFormat.of().formatHex(digest.digest());
    if (!found.equals(file.sha256())) {
      throw new IOException(
          "%s has the SHA-256 %s instead of %s".formatted(file.name(), found, file.sha256()));
    }
    listener.progress(file.name(), file.length(), file.length());
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("every JDK has SHA-256", impossible);
    }
  }
}

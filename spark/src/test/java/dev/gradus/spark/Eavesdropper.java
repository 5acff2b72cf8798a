package dev.gradus.spark;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;

/** Passes on one connection and remembers what the caller sent. */
final class Eavesdropper implements AutoCloseable {
  private final ServerSocket listener;
  private final Socket ahead;
  private final ByteArrayOutputStream heard = new ByteArrayOutputStream();

  Eavesdropper(String address) throws IOException {
    int colon = address.lastIndexOf(':');
    listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
    ahead =
        new Socket(
            InetAddress.getLoopbackAddress(), Integer.parseInt(address.substring(colon + 1)));
    Thread.ofPlatform().daemon().start(this::listen);
  }

  String address() {
    return listener.getInetAddress().getHostAddress() + ":" + listener.getLocalPort();
  }

  private void listen() {
    try (var caller = listener.accept()) {
      var back = ahead.getInputStream();
      var answers = caller.getOutputStream();
      Thread.ofPlatform().daemon().start(() -> pass(back, answers));
      pass(caller.getInputStream(), new Both(ahead.getOutputStream(), heard));
    } catch (IOException _) {
      // Closed: there is no more to hear.
    }
  }

  private static void pass(InputStream from, OutputStream to) {
    try (from) {
      from.transferTo(to);
    } catch (IOException _) {
      // Closed: there is no more to pass.
    }
  }

  String heard() {
    return heard.toString(ISO_8859_1);
  }

  @Override
  public void close() throws IOException {
    listener.close();
    ahead.close();
  }

  private static final class Both extends OutputStream {
    private final OutputStream first;
    private final OutputStream second;

    Both(OutputStream first, OutputStream second) {
      this.first = first;
      this.second = second;
    }

    @Override
    public void write(int octet) throws IOException {
      write(new byte[] {(byte) octet}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int from, int count) throws IOException {
      second.write(bytes, from, count);
      first.write(bytes, from, count);
    }
  }
}

package dev.gradus.djl;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Consumer;

/** What has been opened so far, to be closed even if opening something later fails. */
final class Opened implements AutoCloseable {
  private final Deque<Runnable> closings = new ArrayDeque<>();

  /** Takes over the closing of something. */
  <T> T add(T opened, Consumer<? super T> close) {
    closings.push(() -> close.accept(opened));
    return opened;
  }

  /** Closes the latest first, and the others even if that fails. */
  @Override
  public void close() {
    if (!closings.isEmpty()) {
      try {
        closings.pop().run();
      } finally {
        close();
      }
    }
  }
}

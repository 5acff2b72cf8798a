package dev.gradus.checkpoint;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The right to write into a folder, which one holder at a time can have: one object in one process.
 * The system takes it back when the process ends, however it ends. The file {@value #FILE_NAME}
 * stays in the folder and names the last holder.
 */
public final class FolderLock implements AutoCloseable {
  /** The file in the folder that carries the lock. */
  public static final String FILE_NAME = "gradus.lock";

  /** Far behind the text, which others can therefore read even where locks forbid reading. */
  private static final long LOCKED_BYTE = Long.MAX_VALUE - 1;

  private static final int LONGEST_TEXT = 100;

  /**
   * The folders locked by this process. Asked first, because closing any channel of a file may end
   * all locks that the process has on it.
   */
  private static final Set<Path> HELD = ConcurrentHashMap.newKeySet();

  private final Path folder;
  private final FileChannel channel;

  private FolderLock(Path folder, FileChannel channel) {
    this.folder = folder;
    this.channel = channel;
  }

  /**
   * Takes the lock at once or not at all.
   *
   * @param folder an existing folder
   * @return the lock, to be closed by the caller
   * @throws CheckpointException if the folder is in use, by this process or another, or cannot be
   *     written
   */
  public static FolderLock take(Path folder) throws CheckpointException {
    var lock = tryToTake(folder);
    if (lock.isEmpty()) {
      throw inUse(folder);
    }
    return lock.get();
  }

  /**
   * Takes the lock if nobody has it.
   *
   * @param folder an existing folder
   * @return the lock, to be closed by the caller; empty if the folder is in use, by this process or
   *     another
   * @throws CheckpointException if the folder cannot be written
   */
  public static Optional<FolderLock> tryToTake(Path folder) throws CheckpointException {
    try {
      var real = folder.toRealPath();
      return HELD.add(real) ? lockHeld(real) : Optional.empty();
    } catch (IOException failure) {
      throw cannotLock(folder, failure);
    }
  }

  private static Optional<FolderLock> lockHeld(Path real) throws IOException {
    Optional<FolderLock> lock = Optional.empty();
    try {
      lock = lockedChannel(real.resolve(FILE_NAME)).map(channel -> new FolderLock(real, channel));
      return lock;
    } finally {
      if (lock.isEmpty()) {
        HELD.remove(real);
      }
    }
  }

  private static Optional<FileChannel> lockedChannel(Path file) throws IOException {
    var channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    try {
      if (channel.tryLock(LOCKED_BYTE, 1, false) == null) {
        channel.close();
        return Optional.empty();
      }
      channel.truncate(0);
      channel.write(UTF_8.encode("process " + ProcessHandle.current().pid()));
      return Optional.of(channel);
    } catch (IOException failure) {
      channel.close();
      throw failure;
    }
  }

  private static String holder(Path file) throws IOException {
    try (var input = Files.newInputStream(file)) {
      String text = new String(input.readNBytes(LONGEST_TEXT), UTF_8);
      return text.isEmpty() ? "another process" : text;
    }
  }

  private static CheckpointException inUse(Path folder) throws CheckpointException {
    try {
      var real = folder.toRealPath();
      var holder = HELD.contains(real) ? "this process" : holder(real.resolve(FILE_NAME));
      return new CheckpointException(
          "The folder %s is in use by %s; wait until that ends or choose another folder."
              .formatted(folder, holder),
          null);
    } catch (IOException failure) {
      throw cannotLock(folder, failure);
    }
  }

  private static CheckpointException cannotLock(Path folder, IOException failure) {
    return new CheckpointException(
        "Cannot lock the folder %s: %s; choose a folder that can be written."
            .formatted(folder, Reason.of(failure)),
        failure);
  }

  /**
   * Tells whether the lock was not given back yet.
   *
   * @return false after {@link #close}
   */
  public boolean isHeld() {
    return channel.isOpen();
  }

  /**
   * Gives the lock back. A second call does nothing.
   *
   * @throws IOException if the lock's file cannot be closed
   */
  @Override
  public void close() throws IOException {
    if (isHeld()) {
      channel.close();
      HELD.remove(folder);
    }
  }
}

package dev.gradus.checkpoint;

import static java.lang.System.Logger.Level.WARNING;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Consumer;

/**
 * The checkpoints of one run: files {@code step-000001200.safetensors} in a folder to which this
 * object alone may write. Methods may be called from any thread; one after the other does its work.
 *
 * <p>A thread that is interrupted cannot write, because the file system closes its channel; the
 * attempt does the earlier checkpoints no harm.
 */
public final class CheckpointFolder implements AutoCloseable {
  /** Opens the temporary file that a checkpoint is written to. */
  @FunctionalInterface
  interface Opener {
    FileChannel open(Path file) throws IOException;
  }

  private static final String DAMAGED_SUFFIX = ".damaged";
  private static final System.Logger LOGGER = System.getLogger(CheckpointFolder.class.getName());

  private final Path folder;
  private final Retention retention;
  private final Opener opener;
  private final FolderLock lock;

  private CheckpointFolder(Path folder, Retention retention, Opener opener, FolderLock lock) {
    this.folder = folder;
    this.retention = retention;
    this.opener = opener;
    this.lock = lock;
  }

  /**
   * Takes a folder into use and removes the temporary files that a crash may have left there.
   *
   * @param folder the folder, which is created if it does not exist
   * @param retention which files are kept
   * @return the folder, to be closed by the caller
   * @throws CheckpointException if it is in use, is not a folder, or cannot be written
   */
  public static CheckpointFolder open(Path folder, Retention retention) throws CheckpointException {
    return open(folder, retention, CheckpointFolder::openNew);
  }

  static CheckpointFolder open(Path folder, Retention retention, Opener opener)
      throws CheckpointException {
    try {
      Disk.createFolder(folder);
      var opened = new CheckpointFolder(folder, retention, opener, FolderLock.take(folder));
      opened.removeTemporaryFiles();
      return opened;
    } catch (IOException failure) {
      throw unusable(folder, failure);
    }
  }

  /**
   * Writes a checkpoint without a validation figure and deletes the files that need not be kept any
   * more. When this returns, the file survives a crash of the program and of the machine.
   *
   * @param checkpoint the content; its memory must not change meanwhile
   * @param step the step it belongs to, from 0; a file of the same step is replaced
   * @return the new file
   * @throws CheckpointException if it cannot be written, for instance because the disk is full, or
   *     the folder has a later step; the earlier files are untouched then
   * @throws IllegalArgumentException if the step is negative or the content cannot be a file
   *     ({@link dev.gradus.safetensors.SafetensorsLayout})
   */
  public Path write(Checkpoint checkpoint, long step) throws CheckpointException {
    return write(checkpoint, step, Double.NaN);
  }

  /**
   * Writes a checkpoint as {@link #write(Checkpoint, long)} does, with the figure by which the best
   * is found.
   *
   * @param checkpoint the content; its memory must not change meanwhile
   * @param step the step it belongs to, from 0; a file of the same step is replaced
   * @param validation the validation figure; NaN for none
   * @return the new file
   * @throws CheckpointException as {@link #write(Checkpoint, long)} does
   * @throws IllegalArgumentException as {@link #write(Checkpoint, long)} does
   */
  public synchronized Path write(Checkpoint checkpoint, long step, double validation)
      throws CheckpointException {
    refuseEarlierThanNewest(step);
    var writer = new CheckpointWriter(checkpoint, step, figure(validation));
    Path file = Listing.file(folder, step);
    try {
      writeDurably(writer, file);
    } catch (IOException failure) {
      throw notWritten(step, writer.fileSize(), failure);
    }
    deleteSuperfluous();
    return file;
  }

  /**
   * Reads the newest checkpoint that is not damaged. A damaged one is set aside under its name with
   * {@code .damaged} behind it, reported, and the one before it is tried.
   *
   * @param arena decides how long the tensors can be read, and by which threads
   * @param problems is told of each damaged file what is wrong and where it was put
   * @return the checkpoint, or nothing if there is none
   * @throws CheckpointException if a file cannot be read at all or is of a newer format version
   */
  public synchronized Optional<StoredCheckpoint> newest(Arena arena, Consumer<String> problems)
      throws CheckpointException {
    return firstUndamaged(listing().newestFirst(), arena, problems);
  }

  /**
   * Reads the checkpoint with the best validation figure, of equal ones the oldest. Damaged files
   * are treated as by {@link #newest}.
   *
   * @param arena decides how long the tensors can be read, and by which threads
   * @param problems is told of each damaged file what is wrong and where it was put
   * @return the checkpoint, or nothing if none was written with a figure
   * @throws CheckpointException if a file cannot be read at all or is of a newer format version
   */
  public synchronized Optional<StoredCheckpoint> best(Arena arena, Consumer<String> problems)
      throws CheckpointException {
    return firstUndamaged(listing().bestFirst(retention.better()), arena, problems);
  }

  /**
   * Reads all checkpoints that are not damaged. Damaged files are treated as by {@link #newest}.
   *
   * @param arena decides how long the tensors can be read, and by which threads
   * @param problems is told of each damaged file what is wrong and where it was put
   * @return the checkpoints, the newest first
   * @throws CheckpointException if a file cannot be read at all or is of a newer format version
   */
  public synchronized List<StoredCheckpoint> all(Arena arena, Consumer<String> problems)
      throws CheckpointException {
    var all = new ArrayList<StoredCheckpoint>();
    for (Path file : listing().newestFirst()) {
      firstUndamaged(List.of(file), arena, problems).ifPresent(all::add);
    }
    return all;
  }

  /**
   * Deletes the checkpoints of later steps, because a run goes on from an earlier one.
   *
   * @param step the last step whose checkpoint stays; a negative number for none
   * @throws CheckpointException if the folder cannot be read
   */
  public synchronized void deleteAfter(long step) throws CheckpointException {
    listing().after(step).forEach(CheckpointFolder::deleteIfPossible);
  }

  /**
   * Lists the files that are kept at this moment.
   *
   * @return the files, the newest first
   * @throws CheckpointException if the folder cannot be read
   */
  public synchronized List<Path> files() throws CheckpointException {
    return listing().newestFirst();
  }

  /**
   * Gives the folder free for others. A second call does nothing.
   *
   * @throws IOException if the lock's file cannot be closed
   */
  @Override
  public synchronized void close() throws IOException {
    lock.close();
  }

  private static FileChannel openNew(Path file) throws IOException {
    return FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
  }

  private static OptionalDouble figure(double validation) {
    return Double.isNaN(validation) ? OptionalDouble.empty() : OptionalDouble.of(validation);
  }

  private void removeTemporaryFiles() throws IOException {
    try {
      for (Path left : Listing.temporaryFiles(folder)) {
        Files.delete(left);
      }
    } catch (IOException failure) {
      lock.close();
      throw failure;
    }
  }

  private Listing listing() throws CheckpointException {
    if (!lock.isHeld()) {
      throw new IllegalStateException("The checkpoint folder " + folder + " is closed.");
    }
    try {
      return Listing.of(folder);
    } catch (IOException failure) {
      throw unusable(folder, failure);
    }
  }

  private void refuseEarlierThanNewest(long step) throws CheckpointException {
    if (step < 0) {
      throw new IllegalArgumentException("A step is at least 0, not " + step + ".");
    }
    long newest = listing().newestStep();
    if (step < newest) {
      throw new CheckpointException(
          "Cannot write the checkpoint of step %s to %s: it has one of step %s already; choose another folder or delete the later checkpoints."
              .formatted(step, folder, newest),
          null);
    }
  }

  private void writeDurably(CheckpointWriter writer, Path file) throws IOException {
    Path temporary = Listing.temporary(file);
    try {
      try (var channel = opener.open(temporary)) {
        writer.write(channel);
        channel.force(true);
      }
      Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE);
      Disk.forceFolder(folder);
    } finally {
      deleteIfPossible(temporary);
    }
  }

  private void deleteSuperfluous() throws CheckpointException {
    listing().superfluous(retention).forEach(CheckpointFolder::deleteIfPossible);
  }

  private static void deleteIfPossible(Path file) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException failure) {
      LOGGER.log(WARNING, "Cannot delete " + file + ": " + Reason.of(failure));
    }
  }

  private static Optional<StoredCheckpoint> firstUndamaged(
      List<Path> files, Arena arena, Consumer<String> problems) throws CheckpointException {
    for (Path file : files) {
      try {
        return Optional.of(StoredCheckpoint.read(file, arena));
      } catch (DamagedCheckpointException damaged) {
        problems.accept(Reason.of(damaged) + " " + setAside(file));
      }
    }
    return Optional.empty();
  }

  private static String setAside(Path file) {
    Path aside = file.resolveSibling(file.getFileName() + DAMAGED_SUFFIX);
    try {
      Files.move(file, aside, StandardCopyOption.REPLACE_EXISTING);
      return "It was renamed to " + aside.getFileName() + ".";
    } catch (IOException failure) {
      return "It could not be renamed: " + Reason.of(failure) + ".";
    }
  }

  private CheckpointException notWritten(long step, long needed, IOException failure) {
    return new CheckpointException(
        "Cannot write the checkpoint of step %s to %s: %s; it needs %s bytes and %s are free, so make room or choose another folder (the earlier checkpoints are untouched)."
            .formatted(step, folder, Reason.of(failure), needed, freeBytes()),
        failure);
  }

  private String freeBytes() {
    try {
      return Long.toString(Files.getFileStore(folder).getUsableSpace());
    } catch (IOException unknown) {
      return "an unknown number";
    }
  }

  private static CheckpointException unusable(Path folder, IOException failure) {
    return failure instanceof CheckpointException known
        ? known
        : new CheckpointException(
            "Cannot use the checkpoint folder %s: %s; choose a folder that can be written."
                .formatted(folder, Reason.of(failure)),
            failure);
  }
}

package dev.gradus.checkpoint;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The checkpoints in a folder, to be read only: nothing is locked or changed, so another process
 * may be writing there.
 *
 * @param folder the folder
 */
public record SavedCheckpoints(Path folder) {

  /**
   * Reads the newest checkpoint that is not damaged.
   *
   * @param arena decides how long the tensors can be read, and by which threads
   * @param problems is told of each damaged file what is wrong
   * @return the checkpoint, or nothing if there is none
   * @throws CheckpointException if the folder or a file cannot be read at all, or a file is of a
   *     newer format version
   */
  public Optional<StoredCheckpoint> newest(Arena arena, Consumer<String> problems)
      throws CheckpointException {
    return firstUndamaged(listing().newestFirst(), arena, problems);
  }

  /**
   * Reads the checkpoint with the best validation figure, of equal ones the oldest.
   *
   * @param better which figure is the better one
   * @param arena decides how long the tensors can be read, and by which threads
   * @param problems is told of each damaged file what is wrong
   * @return the checkpoint, or nothing if none was written with a figure
   * @throws CheckpointException as {@link #newest} does
   */
  public Optional<StoredCheckpoint> best(
      Retention.Better better, Arena arena, Consumer<String> problems) throws CheckpointException {
    return firstUndamaged(listing().bestFirst(better), arena, problems);
  }

  private Listing listing() throws CheckpointException {
    try {
      return Listing.of(folder);
    } catch (IOException failure) {
      throw new CheckpointException(
          "Cannot read the checkpoint folder %s: %s; choose the folder of a run."
              .formatted(folder, Reason.of(failure)),
          failure);
    }
  }

  private static Optional<StoredCheckpoint> firstUndamaged(
      List<Path> files, Arena arena, Consumer<String> problems) throws CheckpointException {
    for (Path file : files) {
      try {
        return Optional.of(StoredCheckpoint.read(file, arena));
      } catch (DamagedCheckpointException damaged) {
        problems.accept(Reason.of(damaged));
      }
    }
    return Optional.empty();
  }
}

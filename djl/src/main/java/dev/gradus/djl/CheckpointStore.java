package dev.gradus.djl;

import dev.gradus.UserException;
import dev.gradus.checkpoint.Checkpoint;
import dev.gradus.checkpoint.CheckpointException;
import dev.gradus.checkpoint.CheckpointFolder;
import dev.gradus.checkpoint.Retention;
import dev.gradus.checkpoint.StoredCheckpoint;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** The checkpoint folder of a run and its rhythm; what goes wrong there is told to the user. */
final class CheckpointStore implements AutoCloseable {
  private final Checkpoints checkpoints;
  private final CheckpointFolder folder;
  private final CheckpointRhythm rhythm;

  private CheckpointStore(Checkpoints checkpoints, CheckpointFolder folder) {
    this.checkpoints = checkpoints;
    this.folder = folder;
    rhythm = new CheckpointRhythm(checkpoints, System::nanoTime);
  }

  static CheckpointStore open(Checkpoints checkpoints, Choice choice) {
    try {
      var retention = new Retention(checkpoints.keep(), choice.better());
      var folder = CheckpointFolder.open(checkpoints.folder(), retention);
      return new CheckpointStore(checkpoints, folder);
    } catch (CheckpointException failure) {
      throw told(failure);
    }
  }

  /**
   * The checkpoint to go on from.
   *
   * @throws UserException if there is one and the run is a new one
   */
  Optional<StoredCheckpoint> newest(Arena arena, Consumer<String> problems) {
    try {
      var newest = folder.newest(arena, problems);
      if (newest.isPresent() && !checkpoints.resume()) {
        throw new UserException(
            "The folder "
                + checkpoints.folder()
                + " has checkpoints of an earlier run; resume that run or choose another folder.");
      }
      return newest;
    } catch (CheckpointException failure) {
      throw told(failure);
    }
  }

  Optional<StoredCheckpoint> best(Arena arena, Consumer<String> problems) {
    try {
      return folder.best(arena, problems);
    } catch (CheckpointException failure) {
      throw told(failure);
    }
  }

  /** What a run could go on from, the newest first. */
  List<StoredCheckpoint> all(Arena arena, Consumer<String> problems) {
    try {
      return checkpoints.resume() ? folder.all(arena, problems) : List.of();
    } catch (CheckpointException failure) {
      throw told(failure);
    }
  }

  /** Deletes what is newer than the step that the run goes on from. */
  void goBackTo(long step) {
    try {
      if (checkpoints.resume()) {
        folder.deleteAfter(step);
      }
    } catch (CheckpointException failure) {
      throw told(failure);
    }
  }

  boolean due(long step) {
    return rhythm.due(step);
  }

  Path write(Checkpoint checkpoint, long step, double figure) {
    long start = System.nanoTime();
    try {
      return folder.write(checkpoint, step, figure);
    } catch (CheckpointException failure) {
      throw told(failure);
    } finally {
      rhythm.written(step, System.nanoTime() - start);
    }
  }

  @Override
  public void close() {
    try {
      folder.close();
    } catch (IOException failure) {
      throw told(failure);
    }
  }

  private static UserException told(IOException failure) {
    return new UserException(String.valueOf(failure.getMessage()), failure);
  }
}

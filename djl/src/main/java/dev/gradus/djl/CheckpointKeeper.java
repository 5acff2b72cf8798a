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
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the newest and the best checkpoint of a run: the best in memory, and both in a folder when
 * there is one.
 *
 * <p>The best is written to the folder not when it occurs but before the next checkpoint of the
 * rhythm: if the run dies in between, it goes on from before the best and finds it again.
 */
final class CheckpointKeeper implements AutoCloseable {
  private static final int NEWEST_KEPT = 3;

  private final @Nullable CheckpointFolder folder;
  private @Nullable Best best;

  private record Best(
      Checkpoint checkpoint, long step, double figure, Arena arena, boolean written) {
    Best asWritten() {
      return new Best(checkpoint, step, figure, arena, true);
    }
  }

  private CheckpointKeeper(@Nullable CheckpointFolder folder) {
    this.folder = folder;
  }

  static CheckpointKeeper in(@Nullable Path folder, Choice choice) {
    try {
      var retention = new Retention(NEWEST_KEPT, choice.better());
      return new CheckpointKeeper(folder == null ? null : CheckpointFolder.open(folder, retention));
    } catch (CheckpointException told) {
      throw told(told);
    }
  }

  /** The checkpoint to go on from; the best one is taken back into memory with it. */
  Optional<StoredCheckpoint> resume(Arena arena, Consumer<String> problems) {
    if (folder == null) {
      return Optional.empty();
    }
    try {
      var newest = folder.newest(arena, problems);
      folder.best(arena, problems).ifPresent(this::takeBack);
      return newest;
    } catch (CheckpointException told) {
      throw told(told);
    }
  }

  private void takeBack(StoredCheckpoint stored) {
    var arena = Arena.ofShared();
    var copy = stored.checkpoint().snapshot(arena);
    replaceBest(new Best(copy, stored.step(), stored.validation().orElse(Double.NaN), arena, true));
  }

  /** Copies the best checkpoint so far. */
  void keepBest(Checkpoint checkpoint, long step, double figure) {
    var arena = Arena.ofShared();
    replaceBest(new Best(checkpoint.snapshot(arena), step, figure, arena, false));
  }

  Optional<Checkpoint> best() {
    return Optional.ofNullable(best).map(Best::checkpoint);
  }

  boolean keepsFiles() {
    return folder != null;
  }

  /** Writes the present state, and the best one before it if that is not written yet. */
  Optional<Path> write(Checkpoint present, long step) {
    if (folder == null) {
      return Optional.empty();
    }
    try {
      if (best != null && !best.written() && best.step() < step) {
        folder.write(best.checkpoint(), best.step(), best.figure());
      }
      var file = folder.write(present, step, figureOf(step));
      best = best == null ? null : best.asWritten();
      return Optional.of(file);
    } catch (CheckpointException told) {
      throw told(told);
    }
  }

  private double figureOf(long step) {
    return best != null && best.step() == step ? best.figure() : Double.NaN;
  }

  private void replaceBest(@Nullable Best next) {
    if (best != null) {
      best.arena().close();
    }
    best = next;
  }

  private static UserException told(IOException cause) {
    return new UserException(String.valueOf(cause.getMessage()), cause);
  }

  @Override
  public void close() {
    replaceBest(null);
    try {
      if (folder != null) {
        folder.close();
      }
    } catch (IOException cause) {
      throw told(cause);
    }
  }
}

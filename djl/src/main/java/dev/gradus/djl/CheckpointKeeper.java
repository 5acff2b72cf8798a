package dev.gradus.djl;

import dev.gradus.checkpoint.Checkpoint;
import dev.gradus.checkpoint.StoredCheckpoint;
import java.lang.foreign.Arena;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the newest and the best checkpoint of a run: the best in memory, and both in files if the
 * run keeps files.
 *
 * <p>The best is written not when it occurs but before the next checkpoint of the rhythm. If the
 * run dies in between, it goes on from before the best and finds it again.
 */
final class CheckpointKeeper implements AutoCloseable {
  private final @Nullable CheckpointStore store;
  private @Nullable Best best;

  private record Best(
      Checkpoint checkpoint, long step, double figure, Arena arena, boolean written) {
    static Best copyOf(Checkpoint checkpoint, long step, double figure, boolean written) {
      var arena = Arena.ofShared();
      return new Best(checkpoint.snapshot(arena), step, figure, arena, written);
    }

    Best asWritten() {
      return new Best(checkpoint, step, figure, arena, true);
    }
  }

  private CheckpointKeeper(@Nullable CheckpointStore store) {
    this.store = store;
  }

  static CheckpointKeeper of(@Nullable Checkpoints checkpoints, Choice choice) {
    return new CheckpointKeeper(
        checkpoints == null ? null : CheckpointStore.open(checkpoints, choice));
  }

  /** What a run could go on from, the newest first. */
  List<StoredCheckpoint> all(Arena arena, Consumer<String> problems) {
    return store == null ? List.of() : store.all(arena, problems);
  }

  /** Deletes what is newer than the step that the run goes on from. */
  void goBackTo(long step) {
    if (store != null) {
      store.goBackTo(step);
    }
  }

  /** The checkpoint to go on from; the best one is taken back into memory with it. */
  Optional<Checkpoint> resume(Arena arena, Consumer<String> problems) {
    if (store == null) {
      return Optional.empty();
    }
    var newest = store.newest(arena, problems);
    store.best(arena, problems).ifPresent(this::takeBack);
    return newest.map(StoredCheckpoint::checkpoint);
  }

  private void takeBack(StoredCheckpoint stored) {
    double figure = stored.validation().orElse(Double.NaN);
    replaceBest(Best.copyOf(stored.checkpoint(), stored.step(), figure, true));
  }

  /** Copies the best checkpoint so far. */
  void keepBest(Checkpoint checkpoint, long step, double figure) {
    replaceBest(Best.copyOf(checkpoint, step, figure, false));
  }

  Optional<Checkpoint> best() {
    return Optional.ofNullable(best).map(Best::checkpoint);
  }

  boolean due(long step) {
    return store != null && store.due(step);
  }

  /** Writes the present state, and before it the best one if that is not written yet. */
  Optional<Path> write(Checkpoint present, long step) {
    if (store == null) {
      return Optional.empty();
    }
    if (best != null && !best.written() && best.step() < step) {
      store.write(best.checkpoint(), best.step(), best.figure());
    }
    var file = store.write(present, step, figureOf(step));
    best = best == null ? null : best.asWritten();
    return Optional.of(file);
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

  @Override
  public void close() {
    replaceBest(null);
    if (store != null) {
      store.close();
    }
  }
}

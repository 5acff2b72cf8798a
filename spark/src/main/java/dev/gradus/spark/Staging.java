package dev.gradus.spark;

import dev.gradus.UserException;
import dev.gradus.djl.Checkpoints;
import dev.gradus.djl.Training;
import dev.gradus.djl.TrainingEvent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import org.jspecify.annotations.Nullable;

/**
 * A worker's checkpoints: they are written to a folder of its own machine, where files are checked
 * and forced to the disk, and copied from there to the shared folder.
 */
final class Staging implements AutoCloseable {
  private final @Nullable SharedCheckpoints shared;
  private final int rank;
  private final int workers;
  private final Path local;

  private Staging(@Nullable SharedCheckpoints shared, int rank, int workers, Path local) {
    this.shared = shared;
    this.rank = rank;
    this.workers = workers;
    this.local = local;
  }

  static Staging of(@Nullable SharedCheckpoints shared, int rank, int workers) {
    try {
      return new Staging(shared, rank, workers, Files.createTempDirectory("gradus-"));
    } catch (IOException failure) {
      throw new UserException(
          "A worker can't make a temporary folder: %s.".formatted(failure), failure);
    }
  }

  /** Lets a training go on from what is shared, and share what it keeps. */
  void into(Training training) {
    if (shared != null) {
      into(training, shared);
    }
  }

  private void into(Training training, SharedCheckpoints shared) {
    var own = SharedFolder.ofWorker(shared.folder(), rank);
    if (!shared.resume() && !own.isEmpty()) {
      throw new UserException(
          "The folder %s has checkpoints of an earlier run; resume that run or choose another folder."
              .formatted(shared.folder()));
    }
    var folder = ofWorker(rank);
    own.pull(folder);
    pullLeftBehind(shared);
    var time = Duration.ofSeconds(shared.seconds());
    training
        .checkpoints(new Checkpoints(local, shared.steps(), time, shared.keep(), shared.resume()))
        .listener(
            event -> {
              if (event instanceof TrainingEvent.CheckpointWritten) {
                own.push(folder);
              }
            });
  }

  /** Fetches what workers remembered that are no more, if there were more. */
  private void pullLeftBehind(SharedCheckpoints shared) {
    for (int other = rank + workers; ; other += workers) {
      var folder = SharedFolder.ofWorker(shared.folder(), other);
      if (folder.isEmpty()) {
        return;
      }
      folder.pull(ofWorker(other));
    }
  }

  private Path ofWorker(int other) {
    return other == 0 ? local : Checkpoints.ofWorker(local, other);
  }

  @Override
  public void close() {
    try (var files = Files.walk(local)) {
      for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    } catch (IOException left) {
      System.getLogger(Staging.class.getName())
          .log(System.Logger.Level.WARNING, "Cannot delete " + local + ": " + left);
    }
  }
}

package dev.gradus.djl;

import dev.gradus.UserException;
import dev.gradus.checkpoint.CheckpointFolder;
import dev.gradus.checkpoint.Retention;
import dev.gradus.checkpoint.StoredCheckpoint;
import dev.gradus.safetensors.Tensor;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * The checkpoints of workers that are no more, because a run goes on with fewer: worker {@code
 * rank} of {@code count} takes over what the workers {@code rank + count}, {@code rank + 2 count},
 * … remembered, so that nothing is lost that was not sent yet.
 */
final class LeftBehind {
  private final List<Path> folders;

  LeftBehind(Path run, int rank, int count) {
    folders =
        Stream.iterate(rank + count, other -> other + count)
            .map(other -> Checkpoints.ofWorker(run, other))
            .takeWhile(Files::isDirectory)
            .toList();
  }

  /**
   * Hands out what those workers remembered after a step; those that went on alone are not asked.
   */
  void takeOver(long step, Consumer<Map<String, Tensor>> taker) {
    for (Path folder : folders) {
      try (var arena = Arena.ofConfined();
          var opened = CheckpointFolder.open(folder, Retention.STANDARD)) {
        opened.deleteAfter(step);
        opened
            .newest(arena, _ -> {})
            .filter(stored -> stored.step() == step)
            .map(StoredCheckpoint::checkpoint)
            .ifPresent(checkpoint -> taker.accept(checkpoint.tensors()));
      } catch (IOException failure) {
        throw new UserException(String.valueOf(failure.getMessage()), failure);
      }
    }
  }
}

package dev.gradus.checkpoint;

import org.jspecify.annotations.Nullable;

/** Says in one sentence what is wrong inside a checkpoint file that was read. */
public final class DamagedCheckpointException extends CheckpointException {
  private static final long serialVersionUID = 1;

  DamagedCheckpointException(String sentence, @Nullable Throwable cause) {
    super(sentence, cause);
  }
}

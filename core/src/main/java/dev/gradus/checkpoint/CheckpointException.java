package dev.gradus.checkpoint;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Says in one sentence why a checkpoint or its folder cannot be used, and what to do about it. */
public sealed class CheckpointException extends IOException permits DamagedCheckpointException {
  private static final long serialVersionUID = 1;

  CheckpointException(String sentence, @Nullable Throwable cause) {
    super(sentence, cause);
  }
}

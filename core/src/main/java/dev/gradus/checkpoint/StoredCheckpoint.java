package dev.gradus.checkpoint;

import java.lang.foreign.Arena;
import java.nio.file.Path;
import java.util.OptionalDouble;

/**
 * A checkpoint that was read from a file and found undamaged.
 *
 * @param file where it lies
 * @param step the step after which it was written, from 0
 * @param validation the validation figure it was written with
 * @param checkpoint its content; the data are the mapped file, read-only
 */
public record StoredCheckpoint(
    Path file, long step, OptionalDouble validation, Checkpoint checkpoint) {

  /**
   * Reads one file and verifies all its checksums. No lock is needed, as a file that has its final
   * name never changes.
   *
   * @param file a checkpoint file
   * @param arena decides how long the tensors can be read, and by which threads
   * @return what it holds
   * @throws DamagedCheckpointException if it is not a safetensors file, a checksum is wrong or one
   *     is missing
   * @throws CheckpointException if it is missing, unreadable or of a newer format version
   */
  public static StoredCheckpoint read(Path file, Arena arena) throws CheckpointException {
    return new CheckpointReader(file, arena).read();
  }
}

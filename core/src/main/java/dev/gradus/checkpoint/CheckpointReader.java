package dev.gradus.checkpoint;

import dev.gradus.safetensors.SafetensorsException;
import dev.gradus.safetensors.SafetensorsFile;
import dev.gradus.safetensors.Tensor;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/**
 * Reads one checkpoint file. The checksum of the header comes before the version: its rule is the
 * same in every version, so that a damaged file is never taken for one of a newer version.
 */
final class CheckpointReader {
  private final Path file;
  private final SafetensorsFile content;

  /** Opens a file and verifies all of it but the data. */
  CheckpointReader(Path file, Arena arena) throws CheckpointException {
    this.file = file;
    content = open(file, arena);
    verify(
        "the checksum of its header",
        content.metadata().get(Keys.CHECKSUM),
        Checksums.ofHeader(content.metadata(), content.tensors().values()));
    if (number(Keys.FORMAT) > Keys.FORMAT_VERSION) {
      throw new CheckpointException(
          "%s has the checkpoint format %s, but this version of Gradus reads only up to %s; use a newer Gradus."
              .formatted(file, number(Keys.FORMAT), Keys.FORMAT_VERSION),
          null);
    }
  }

  StoredCheckpoint read() throws CheckpointException {
    for (Tensor tensor : content.tensors().values()) {
      verify(
          "the checksum of tensor " + tensor.shownName(),
          content.metadata().get(Keys.checksumOf(tensor.name())),
          checksum(tensor));
    }
    var texts = new LinkedHashMap<>(content.metadata());
    texts.keySet().removeIf(key -> key.startsWith(Checkpoint.RESERVED_PREFIX));
    var checkpoint = new Checkpoint(texts, content.tensors().values());
    return new StoredCheckpoint(file, number(Keys.STEP), validation(), checkpoint);
  }

  OptionalDouble validation() throws CheckpointException {
    String figure = content.metadata().get(Keys.VALIDATION);
    try {
      return figure == null
          ? OptionalDouble.empty()
          : OptionalDouble.of(Double.parseDouble(figure));
    } catch (NumberFormatException malformed) {
      throw damaged("its " + Keys.VALIDATION + " is no number", malformed);
    }
  }

  private static SafetensorsFile open(Path file, Arena arena) throws CheckpointException {
    try {
      return SafetensorsFile.open(file, arena);
    } catch (SafetensorsException malformed) {
      throw new DamagedCheckpointException(Reason.of(malformed), malformed);
    } catch (IOException unreadable) {
      throw new CheckpointException(Reason.of(unreadable), unreadable);
    }
  }

  private String checksum(Tensor tensor) throws CheckpointException {
    try {
      return Checksums.ofData(tensor, _ -> {});
    } catch (InternalError | IOException unreadable) {
      throw damaged("tensor " + tensor.shownName() + " cannot be read from the disk", unreadable);
    }
  }

  private void verify(String what, @Nullable String stored, String computed)
      throws CheckpointException {
    if (stored == null) {
      throw damaged(what + " is missing, so it is damaged or not a checkpoint of Gradus", null);
    }
    if (!stored.equals(computed)) {
      throw damaged(what + " is " + computed + " instead of " + stored, null);
    }
  }

  private long number(String key) throws CheckpointException {
    String text = content.metadata().get(key);
    try {
      return Long.parseLong(String.valueOf(text));
    } catch (NumberFormatException malformed) {
      throw damaged("its " + key + " is no whole number", malformed);
    }
  }

  private CheckpointException damaged(String finding, @Nullable Throwable cause) {
    return new DamagedCheckpointException(
        file + " is damaged: " + finding + "; use an earlier checkpoint or a copy.", cause);
  }
}

package dev.gradus.djl.torch;

import dev.gradus.UserException;
import dev.gradus.safetensors.SafetensorsFile;
import dev.gradus.safetensors.SafetensorsWriter;
import dev.gradus.safetensors.Tensor;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Map;

/** Opens and writes safetensors files, and knows those that PyTorch writes by itself. */
final class TorchFiles {
  private static final byte PICKLE = (byte) 0x80;
  private static final int NEWEST_PROTOCOL = 5;

  private TorchFiles() {}

  static SafetensorsFile open(Path file, Arena arena) {
    try {
      if (Files.isRegularFile(file) && isPickle(file)) {
        throw new UserException(
            "%s is a file of torch.save, which runs code when it is read; save it as safetensors in Python: safetensors.torch.save_file(model.state_dict(), \"model.safetensors\")."
                .formatted(file));
      }
      return SafetensorsFile.open(file, arena);
    } catch (IOException failure) {
      throw new UserException(String.valueOf(failure.getMessage()), failure);
    }
  }

  /** Whether a file begins as a ZIP archive or a pickle does, and not as a safetensors file. */
  private static boolean isPickle(Path file) throws IOException {
    try (var bytes = Files.newInputStream(file)) {
      var start = bytes.readNBytes(Long.BYTES + 1);
      boolean archive = start.length > 1 && start[0] == 'P' && start[1] == 'K';
      boolean pickle = start.length > 1 && start[0] == PICKLE && start[1] <= NEWEST_PROTOCOL;
      return (archive || pickle) && start[start.length - 1] != '{';
    }
  }

  static void write(Path file, Map<String, String> metadata, Collection<Tensor> tensors) {
    try {
      requireNew(file);
      SafetensorsWriter.write(file, metadata, tensors);
    } catch (IOException failure) {
      throw new UserException(
          "%s cannot be written: %s.".formatted(file, failure.getMessage()), failure);
    }
  }

  /**
   * Refuses to write where something is, or where no folder is.
   *
   * @throws UserException if so
   */
  static void requireNew(Path file) {
    var folder = file.toAbsolutePath().getParent();
    if (Files.exists(file)) {
      throw new UserException(file + " exists already; choose another name.");
    }
    if (folder != null && !Files.isDirectory(folder)) {
      throw new UserException(
          "%s cannot be written: there is no folder %s; make it.".formatted(file, folder));
    }
  }
}

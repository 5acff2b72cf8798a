package dev.gradus.djl;

import ai.djl.nn.Block;
import ai.djl.pytorch.engine.PtSymbolBlock;
import ai.djl.pytorch.jni.JniUtils;
import dev.gradus.UserException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/**
 * A TorchScript module as its archive shows it: the code of its layers, which names what they keep
 * beside parameters. DJL hands out parameters only.
 */
final class ScriptModule {
  private static final Pattern KEEPS = Pattern.compile("__buffers__ = \\[\"\\w");

  private ScriptModule() {}

  /** What to know of a run with such a module, one sentence each; nothing of other networks. */
  static List<String> remarks(Block block) {
    return block instanceof PtSymbolBlock module && keepsMoreThanParameters(module)
        ? List.of(
            "The running statistics of a TorchScript module are not in checkpoints: a run that goes"
                + " on from one does not end with the same bits.")
        : List.of();
  }

  private static boolean keepsMoreThanParameters(PtSymbolBlock module) {
    try {
      var file = Files.createTempFile("gradus-module-", ".pt");
      try {
        return keepsMoreThanParameters(module, file);
      } finally {
        Files.delete(file);
      }
    } catch (IOException failure) {
      throw new UserException(
          "The TorchScript module cannot be looked into: " + failure.getMessage() + ".", failure);
    }
  }

  /** PyTorch's archives can't be read as a stream. */
  private static boolean keepsMoreThanParameters(PtSymbolBlock module, Path file)
      throws IOException {
    try (var archive = Files.newOutputStream(file)) {
      JniUtils.writeModule(module, archive, false);
    }
    try (var archive = new ZipFile(file.toFile())) {
      for (var entry : archive.stream().filter(ScriptModule::isCode).toList()) {
        var code = archive.getInputStream(entry).readAllBytes();
        if (KEEPS.matcher(new String(code, StandardCharsets.UTF_8)).find()) {
          return true;
        }
      }
      return false;
    }
  }

  private static boolean isCode(ZipEntry entry) {
    return entry.getName().endsWith(".py");
  }
}

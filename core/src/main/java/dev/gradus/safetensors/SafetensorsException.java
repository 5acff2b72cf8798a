package dev.gradus.safetensors;

import java.io.IOException;
import java.nio.file.Path;

/**
 * Says in one sentence why a file is not a valid safetensors file: the file, what was found where,
 * and what to do about it.
 */
public final class SafetensorsException extends IOException {
  private static final long serialVersionUID = 1;

  SafetensorsException(Path file, String finding, String remedy) {
    super(file + " is not a valid safetensors file: " + finding + "; " + remedy + ".");
  }

  static SafetensorsException malformed(Path file, String finding) {
    return new SafetensorsException(
        file, finding, "it is damaged or was written by a faulty program, so get it anew");
  }

  static SafetensorsException incomplete(Path file, String finding) {
    return new SafetensorsException(
        file, finding, "it seems to be cut short, so copy or download it again");
  }
}

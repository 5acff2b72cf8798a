package dev.gradus.cli.data;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** A part that a data set may bring along. */
enum Part {
  TRAIN("train|training"),
  VALIDATION("validation|valid|val"),
  TEST("test|testing");

  private final String folders;

  Part(String folders) {
    this.folders = folders;
  }

  /** The part that a folder of this name is for. */
  static Optional<Part> ofFolder(String name) {
    return Arrays.stream(values()).filter(part -> name.matches(part.folders)).findFirst();
  }

  /** The part in words. */
  String words() {
    return name().toLowerCase(Locale.ROOT);
  }
}

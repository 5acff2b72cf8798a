package dev.gradus.cli.report;

import dev.gradus.UserException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** What a reader should know of files that could not be used, a sentence each. */
final class Notes {
  private final List<String> sentences = new ArrayList<>();

  void add(String sentence) {
    sentences.add(sentence);
  }

  /** What is read; nothing, and a note, if it cannot be. */
  <T> Optional<T> attempt(Supplier<Optional<T>> read) {
    try {
      return read.get();
    } catch (UserException unusable) {
      add("Left out: " + unusable.getMessage());
      return Optional.empty();
    }
  }

  List<String> sentences() {
    return List.copyOf(sentences);
  }
}

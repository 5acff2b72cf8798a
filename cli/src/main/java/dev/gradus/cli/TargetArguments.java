package dev.gradus.cli;

import static java.util.Objects.requireNonNull;

import dev.gradus.UserException;
import dev.gradus.djl.data.DataSet;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What a model is to be good at. */
final class TargetArguments {
  private static final String CLASSES = "classes:";

  @Option(
      names = "--target",
      paramLabel = "TARGET",
      description =
          "What to be good at: classes:NAME,NAME for some classes of the data, or examples with"
              + " labels, images:FOLDER-OR-ZIP, idx:FOLDER or csv:FILE. A part is set aside as"
              + " trusted, another chooses the best epoch, and the test is on the rest.")
  private @Nullable String target;

  @Option(
      names = "--target-size",
      paramLabel = "N",
      converter = Numbers.Count.class,
      description =
          "How many examples of the target are set aside as trusted, about. Default: of classes a"
              + " fifth and no more than 300, else half.")
  private @Nullable Integer size;

  private @Nullable Target parts;

  boolean isGiven() {
    return target != null;
  }

  /** Sets examples of the target aside. */
  DataSet of(DataSet set, DataArguments data) {
    var found = target(set, data);
    if (found.validation().size() == 0) {
      throw new UserException(
          "No examples of the target are left to choose the best epoch by; keep some by"
              + " --validation, or give more.");
    }
    parts = found;
    return found.data();
  }

  private Target target(DataSet set, DataArguments data) {
    Target.classes(set);
    var text = requireNonNull(target);
    int wanted = size == null ? 0 : size;
    return text.startsWith(CLASSES)
        ? Target.ofClasses(set, names(text), wanted, data.seed())
        : Target.ofExamples(set, data.further(text, set), text, wanted, data.seed());
  }

  private static List<String> names(String text) {
    var names =
        Arrays.stream(text.substring(CLASSES.length()).split(","))
            .map(String::strip)
            .filter(name -> !name.isEmpty())
            .distinct()
            .toList();
    if (names.isEmpty()) {
      throw new UserException(
          "The target '%s' names no class; write classes:NAME,NAME.".formatted(text));
    }
    return names;
  }

  /** What was set aside. */
  Target parts() {
    return requireNonNull(parts);
  }

  boolean isOpened() {
    return parts != null;
  }

  /** Whether classes are asked for. */
  boolean isOfClasses() {
    return text().startsWith(CLASSES);
  }

  /** What the user has asked for. */
  String text() {
    return requireNonNull(target);
  }
}

package dev.gradus.checkpoint;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.regex.Pattern;

/** The checkpoint files in a folder at one moment, found by their names. */
final class Listing {
  private static final String TEMPORARY_SUFFIX = ".tmp";
  private static final Pattern NAME = Pattern.compile("step-(\\d{9,18})\\.safetensors");
  private static final Pattern TEMPORARY_NAME =
      Pattern.compile(NAME.pattern() + Pattern.quote(TEMPORARY_SUFFIX));

  /** A file and the step in its name. */
  record Entry(Path file, long step) {}

  /** A file and its rank by {@link Retention.Better#rank}. */
  private record Ranked(Entry entry, double rank) {}

  private final List<Entry> oldestFirst;

  private Listing(List<Entry> oldestFirst) {
    this.oldestFirst = oldestFirst;
  }

  static Listing of(Path folder) throws IOException {
    var entries = new ArrayList<Entry>();
    for (Path file : matching(folder, NAME)) {
      var name = NAME.matcher(String.valueOf(file.getFileName()));
      if (name.matches()) {
        entries.add(new Entry(file, Long.parseLong(name.group(1))));
      }
    }
    entries.sort(Comparator.comparingLong(Entry::step));
    return new Listing(entries);
  }

  static List<Path> temporaryFiles(Path folder) throws IOException {
    return matching(folder, TEMPORARY_NAME);
  }

  static Path file(Path folder, long step) {
    return folder.resolve(String.format(Locale.ROOT, "step-%09d.safetensors", step));
  }

  static Path temporary(Path file) {
    return file.resolveSibling(file.getFileName() + TEMPORARY_SUFFIX);
  }

  List<Path> newestFirst() {
    return oldestFirst.reversed().stream().map(Entry::file).toList();
  }

  List<Path> after(long step) {
    return oldestFirst.stream().filter(entry -> entry.step() > step).map(Entry::file).toList();
  }

  /** The step in the name of the newest file, -1 if there is none. */
  long newestStep() {
    return oldestFirst.isEmpty() ? -1 : oldestFirst.getLast().step();
  }

  /** The files with a validation figure, the best first, of equal ones the oldest. */
  List<Path> bestFirst(Retention.Better better) {
    var ranked = new ArrayList<Ranked>();
    for (Entry entry : oldestFirst) {
      validation(entry.file())
          .ifPresent(figure -> ranked.add(new Ranked(entry, better.rank(figure))));
    }
    ranked.sort(Comparator.comparingDouble(Ranked::rank));
    return ranked.stream().map(found -> found.entry().file()).toList();
  }

  /** The files that need not be kept. */
  List<Path> superfluous(Retention retention) {
    if (oldestFirst.size() <= retention.last()) {
      return List.of();
    }
    var superfluous = new ArrayList<>(newestFirst());
    superfluous.subList(0, retention.last()).clear();
    superfluous.removeAll(bestFirst(retention.better()).stream().limit(1).toList());
    return superfluous;
  }

  /** A file that is damaged, which its reader will report, has no figure. */
  private static OptionalDouble validation(Path file) {
    try (var arena = Arena.ofConfined()) {
      return new CheckpointReader(file, arena).validation();
    } catch (CheckpointException unreadable) {
      return OptionalDouble.empty();
    }
  }

  private static List<Path> matching(Path folder, Pattern name) throws IOException {
    try (var files = Files.list(folder)) {
      return files
          .filter(file -> name.matcher(String.valueOf(file.getFileName())).matches())
          .toList();
    }
  }
}

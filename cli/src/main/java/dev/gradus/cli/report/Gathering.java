package dev.gradus.cli.report;

import dev.gradus.UserException;
import dev.gradus.cli.run.RunFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Reads folders and puts together what can be compared: each problem of a sweep, and runs on the
 * same data with the same budget.
 */
public final class Gathering {
  private final Notes notes = new Notes();
  private final List<Comparison> comparisons = new ArrayList<>();
  private final List<Sample> loose = new ArrayList<>();

  private Gathering() {}

  /**
   * Reads folders.
   *
   * @param folders of runs, of sweeps, or that hold folders of runs
   * @param decisive the settings that must agree, or runs are not compared with each other
   * @return what can be compared
   * @throws UserException if a folder is neither, or if there is nothing to report
   */
  public static Gathering of(List<Path> folders, Set<String> decisive) {
    var gathering = new Gathering();
    folders.forEach(gathering::add);
    gathering.comparisons.addAll(Kinship.compare(gathering.loose, decisive, gathering.notes));
    if (gathering.comparisons.isEmpty()) {
      throw new UserException(
          "There is nothing to report: %s"
              .formatted(
                  gathering.notes.sentences().isEmpty()
                      ? "the folders hold no finished run."
                      : String.join(" ", gathering.notes.sentences())));
    }
    return gathering;
  }

  List<Comparison> comparisons() {
    return List.copyOf(comparisons);
  }

  Notes notes() {
    return notes;
  }

  private void add(Path folder) {
    if (!Files.isDirectory(folder)) {
      throw new UserException("The folder '" + folder + "' does not exist.");
    }
    if (SweepReader.isSweep(folder)) {
      var sweep = new SweepReader(folder, notes);
      comparisons.addAll(sweep.comparisons());
      loose.addAll(sweep.unjudged());
    } else if (new RunFiles(folder).isRun()) {
      addRun(folder);
    } else {
      addAll(folder);
    }
  }

  private void addAll(Path folder) {
    try (var entries = Files.list(folder)) {
      var runs = entries.filter(entry -> new RunFiles(entry).isRun()).sorted().toList();
      if (runs.isEmpty()) {
        throw new UserException(
            "The folder '" + folder + "' is neither that of a run nor that of a sweep.");
      }
      runs.forEach(this::addRun);
    } catch (IOException failure) {
      throw new UserException("The folder '" + folder + "' cannot be read.", failure);
    }
  }

  private void addRun(Path folder) {
    int before = notes.sentences().size();
    var run = notes.attempt(() -> RunReader.read(new RunFiles(folder)));
    if (run.isEmpty() && notes.sentences().size() == before) {
      notes.add("Left out: the run %s has not come to its end.".formatted(folder));
    }
    run.ifPresent(
        sample -> {
          Curves.check(sample, notes);
          loose.add(sample);
        });
  }
}

package dev.gradus.cli.sweep;

import dev.gradus.UserException;
import dev.gradus.cli.run.Json;
import dev.gradus.cli.run.RunFolder;
import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** The folder of a sweep. Several processes may work in it at a time. */
public final class ResultFolder implements Results {
  private final Path folder;
  private final Map<Trial, RunSummary> known = new HashMap<>();

  /**
   * A folder, which need not exist.
   *
   * @param folder where the sweep lies
   */
  public ResultFolder(Path folder) {
    this.folder = folder;
  }

  /**
   * Where the sweep lies.
   *
   * @return the folder
   */
  public Path folder() {
    return folder;
  }

  /**
   * Where a trial is run.
   *
   * @param trial which
   * @return a run folder, which goes when the trial is finished
   */
  public Path run(Trial trial) {
    return runs().resolve(trial.name());
  }

  private Path runs() {
    return folder.resolve("runs");
  }

  /**
   * Deletes run folders that nobody writes into, once every run is finished: what processes have
   * left behind that were killed between writing a result and deleting its run.
   *
   * @throws UserException if something cannot be deleted
   */
  public void tidy() {
    if (!Files.isDirectory(runs())) {
      return;
    }
    try (var left = Files.list(runs())) {
      left.toList().forEach(run -> RunFolder.claim(run).ifPresent(RunFolder::discard));
      Files.deleteIfExists(runs());
    } catch (DirectoryNotEmptyException used) {
      // Another process that works on the sweep is about to do the same.
    } catch (IOException failure) {
      throw new UserException("The folder '" + runs() + "' cannot be tidied up.", failure);
    }
  }

  private Path file(Trial trial) {
    return folder.resolve("results").resolve(trial.name() + ".json");
  }

  /**
   * Reads what came of a trial, from its file.
   *
   * @throws UserException if the file is damaged or of a newer format
   */
  @Override
  public Optional<RunSummary> of(Trial trial) {
    if (!known.containsKey(trial) && Files.exists(file(trial))) {
      known.put(trial, read(file(trial)));
    }
    return Optional.ofNullable(known.get(trial));
  }

  /**
   * Reads a result.
   *
   * @param file what {@link #write} has written
   * @return the result
   * @throws UserException if the file is missing, damaged or of a newer format
   */
  public static RunSummary read(Path file) {
    var summary = Json.read(file, RunSummary.class);
    if (summary.format() != RunSummary.FORMAT) {
      throw new UserException(
          "%s has format %d, but this Gradus reads format %d; use a newer one."
              .formatted(file, summary.format(), RunSummary.FORMAT));
    }
    return summary;
  }

  /**
   * Keeps what came of a trial, which makes it a finished one.
   *
   * @param trial which
   * @param summary its result
   * @throws UserException if it cannot be written
   */
  public void write(Trial trial, RunSummary summary) {
    Json.write(file(trial), summary);
    known.put(trial, summary);
  }
}

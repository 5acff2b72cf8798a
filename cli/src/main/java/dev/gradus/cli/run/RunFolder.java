package dev.gradus.cli.run;

import dev.gradus.UserException;
import dev.gradus.checkpoint.CheckpointException;
import dev.gradus.checkpoint.FolderLock;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Optional;

/** The right to write into the folder of a run, until it is closed. */
public final class RunFolder implements AutoCloseable {
  private final RunFiles files;
  private final FolderLock lock;

  private RunFolder(RunFiles files, FolderLock lock) {
    this.files = files;
    this.lock = lock;
  }

  /**
   * Says no early where {@link #create} would, before time is spent on reading data.
   *
   * @param folder the folder of a new run
   * @throws UserException if it is a file, holds a run or holds anything else
   */
  public static void requireFree(Path folder) {
    if (Files.exists(folder) && !Files.isDirectory(folder)) {
      throw new UserException("The run folder '" + folder + "' is a file; choose another.");
    }
    if (new RunFiles(folder).isRun()) {
      throw new UserException(
          "The folder '%s' holds a run already; go on with it by --resume %s or choose another."
              .formatted(folder, folder));
    }
    firstStranger(folder)
        .ifPresent(
            name -> {
              throw new UserException(
                  "The folder '%s' is not empty (it holds '%s'); choose another."
                      .formatted(folder, name));
            });
  }

  /**
   * Makes the folder of a new run.
   *
   * @param folder the folder, which is created if it does not exist
   * @return the right to write
   * @throws UserException if the folder is not empty, in use or cannot be made
   */
  public static RunFolder create(Path folder) {
    try {
      Files.createDirectories(folder);
    } catch (IOException failure) {
      throw Disk.cannotWrite(folder, failure);
    }
    var created = lock(folder);
    try {
      requireFree(folder);
      return created;
    } catch (UserException refused) {
      created.close();
      throw refused;
    }
  }

  /**
   * Makes the folder of a new run, with the first number that is free at the end of its name.
   *
   * @param parent where it is made; created if it does not exist
   * @param name the name before the number
   * @return the right to write
   * @throws UserException if the folder cannot be made
   */
  public static RunFolder createNumbered(Path parent, String name) {
    try {
      Files.createDirectories(parent);
      return create(firstFree(parent, name));
    } catch (IOException failure) {
      throw Disk.cannotWrite(parent, failure);
    }
  }

  private static Path firstFree(Path parent, String name) throws IOException {
    int number = 1;
    while (Files.exists(numbered(parent, name, number))) {
      number++;
    }
    try {
      return Files.createDirectory(numbered(parent, name, number));
    } catch (FileAlreadyExistsException takenMeanwhile) {
      return firstFree(parent, name);
    }
  }

  private static Path numbered(Path parent, String name, int number) {
    return parent.resolve(name + "-" + number);
  }

  /**
   * Opens the folder of an existing run.
   *
   * @param folder the folder
   * @return the right to write
   * @throws UserException if it is not the folder of a run or is in use
   */
  public static RunFolder open(Path folder) {
    RunFiles.existing(folder);
    return lock(folder);
  }

  /**
   * Opens the folder of a run that may or may not have begun, if nobody writes into it. What is
   * left of a run that was killed before its settings were written down is deleted.
   *
   * @param folder the folder, which is created if it does not exist
   * @return the right to write; empty if the folder is in use
   * @throws UserException if the folder cannot be made
   */
  public static Optional<RunFolder> claim(Path folder) {
    try {
      Files.createDirectories(folder);
    } catch (IOException failure) {
      throw Disk.cannotWrite(folder, failure);
    }
    try {
      return claimExisting(folder);
    } catch (IOException failure) {
      if (!Files.exists(folder)) {
        return Optional.empty();
      }
      throw Disk.cannotWrite(folder, failure);
    }
  }

  private static Optional<RunFolder> claimExisting(Path folder) throws IOException {
    var files = new RunFiles(folder);
    var claimed = FolderLock.tryToTake(folder).map(lock -> new RunFolder(files, lock));
    if (claimed.isPresent() && !files.isRun()) {
      claimed.get().empty();
    }
    return claimed;
  }

  private void empty() throws IOException {
    try (var all = Files.walk(files.folder())) {
      for (var path : all.sorted(Comparator.reverseOrder()).toList()) {
        if (!path.equals(files.folder()) && !path.equals(lockFile())) {
          Files.deleteIfExists(path);
        }
      }
    }
  }

  private Path lockFile() {
    return files.folder().resolve(FolderLock.FILE_NAME);
  }

  /** Deletes the run and gives the folder free. */
  public void discard() {
    try {
      empty();
      close();
      Files.deleteIfExists(lockFile());
      Files.deleteIfExists(files.folder());
    } catch (DirectoryNotEmptyException takenMeanwhile) {
      // Whoever has taken it finds the run done, and deletes the folder.
    } catch (IOException failure) {
      throw Disk.cannotWrite(files.folder(), failure);
    }
  }

  private static RunFolder lock(Path folder) {
    try {
      return new RunFolder(new RunFiles(folder), FolderLock.take(folder));
    } catch (CheckpointException inUse) {
      throw new UserException(String.valueOf(inUse.getMessage()), inUse);
    }
  }

  private static Optional<String> firstStranger(Path folder) {
    if (!Files.isDirectory(folder)) {
      return Optional.empty();
    }
    try (var entries = Files.list(folder)) {
      return entries
          .map(entry -> String.valueOf(entry.getFileName()))
          .filter(name -> !name.equals(FolderLock.FILE_NAME))
          .min(String::compareTo);
    } catch (IOException failure) {
      throw new UserException(
          "The folder '%s' cannot be read: %s.".formatted(folder, Disk.reason(failure)), failure);
    }
  }

  /**
   * What lies in the folder.
   *
   * @return the files
   */
  public RunFiles files() {
    return files;
  }

  /**
   * Writes the settings down, which makes the folder that of a run.
   *
   * @param yaml the text of {@code config.yaml}
   * @throws UserException if it cannot be written
   */
  public void configure(String yaml) {
    Disk.write(files.configuration(), yaml.getBytes(StandardCharsets.UTF_8));
  }

  /** Gives the folder free for others. */
  @Override
  public void close() {
    try {
      lock.close();
    } catch (IOException failure) {
      throw Disk.cannotWrite(files.folder(), failure);
    }
  }
}

package dev.gradus.spark;

import dev.gradus.UserException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.hadoop.fs.FSError;
import org.apache.hadoop.fs.FileContext;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Options;

/**
 * One worker's checkpoints in a file system that Hadoop knows. A file appears there under its name
 * only when it is whole.
 */
final class SharedFolder {
  private static final String ENDING = ".safetensors";
  private static final String UNFINISHED = ".part";

  private final org.apache.hadoop.fs.Path folder;
  private final FileSystem files;
  private final Map<String, Long> pushed = new HashMap<>();

  private SharedFolder(org.apache.hadoop.fs.Path folder) {
    this.folder = folder;
    try {
      files = folder.getFileSystem(Hadoop.configuration());
    } catch (IOException failure) {
      throw told("opened", failure);
    }
  }

  /** Where a worker keeps its own. */
  static SharedFolder ofWorker(String address, int rank) {
    var folder = new org.apache.hadoop.fs.Path(address);
    return new SharedFolder(
        rank == 0 ? folder : new org.apache.hadoop.fs.Path(folder, "worker-" + rank));
  }

  boolean isEmpty() {
    return names().isEmpty();
  }

  private Set<String> names() {
    try {
      return files.exists(folder)
          ? Arrays.stream(files.listStatus(folder))
              .filter(FileStatus::isFile)
              .map(status -> status.getPath().getName())
              .filter(name -> name.endsWith(ENDING))
              .collect(Collectors.toSet())
          : Set.of();
    } catch (IOException failure) {
      throw told("read", failure);
    }
  }

  /** Copies every file to a folder of this machine. */
  void pull(Path local) {
    try {
      Files.createDirectories(local);
      for (String name : names()) {
        var target = new org.apache.hadoop.fs.Path(local.resolve(name).toUri());
        files.copyToLocalFile(false, at(name), target, true);
        pushed.put(name, stamp(local.resolve(name)));
      }
    } catch (IOException failure) {
      throw told("read", failure);
    }
  }

  /**
   * Makes this folder hold what a folder of this machine holds; Hadoop tells a full disk as an
   * error.
   */
  void push(Path local) {
    try (var found = Files.list(local)) {
      var here = found.filter(file -> file.toString().endsWith(ENDING)).toList();
      for (Path file : here) {
        push(String.valueOf(file.getFileName()), file);
      }
      pushed.keySet().stream()
          .filter(name -> !Files.exists(local.resolve(name)))
          .toList()
          .forEach(this::delete);
    } catch (IOException | FSError failure) {
      throw told("written", failure);
    }
  }

  private void push(String name, Path file) throws IOException {
    long stamp = stamp(file);
    if (!Long.valueOf(stamp).equals(pushed.get(name))) {
      var unfinished = at(name + UNFINISHED);
      files.copyFromLocalFile(false, true, new org.apache.hadoop.fs.Path(file.toUri()), unfinished);
      FileContext.getFileContext(folder.toUri(), files.getConf())
          .rename(unfinished, at(name), Options.Rename.OVERWRITE);
      pushed.put(name, stamp);
    }
  }

  private void delete(String name) {
    try {
      files.delete(at(name), false);
      pushed.remove(name);
    } catch (IOException failure) {
      throw told("written", failure);
    }
  }

  private static long stamp(Path file) throws IOException {
    return Files.getLastModifiedTime(file).toMillis();
  }

  private org.apache.hadoop.fs.Path at(String name) {
    return new org.apache.hadoop.fs.Path(folder, name);
  }

  private UserException told(String what, Throwable failure) {
    return new UserException(
        "The checkpoints in %s can't be %s: %s.".formatted(folder, what, Reasons.of(failure)),
        failure);
  }
}

package dev.gradus.cli.data;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

final class FolderArchive implements Archive {
  private final Path root;
  private final Limits limits;
  private final List<String> files = new ArrayList<>();
  private final List<String> folders = new ArrayList<>();

  FolderArchive(Path root, Limits limits) throws IOException {
    this.root = root;
    this.limits = limits;
    try (var paths = Files.walk(root, FileVisitOption.FOLLOW_LINKS)) {
      paths.filter(path -> !path.equals(root)).forEach(this::add);
    } catch (UncheckedIOException failure) {
      throw failure.getCause();
    }
    Collections.sort(files);
    Collections.sort(folders);
  }

  private void add(Path path) {
    var relative = root.relativize(path).toString().replace('\\', '/');
    (Files.isDirectory(path) ? folders : files).add(relative);
    limits.requireFiles((long) files.size() + folders.size(), root);
  }

  @Override
  public List<String> files() {
    return files;
  }

  @Override
  public List<String> folders() {
    return folders;
  }

  @Override
  public byte[] read(String file) throws IOException {
    try (var in = Files.newInputStream(root.resolve(file))) {
      return limits.requireLength(in.readNBytes(limits.fileLength() + 1));
    }
  }

  @Override
  public void close() {}
}

package dev.gradus.cli.data;

import dev.gradus.UserException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

final class ZipArchive implements Archive {
  private final Path path;
  private final Limits limits;
  private final ZipFile zip;
  private final List<String> files = new ArrayList<>();
  private final List<String> folders = new ArrayList<>();

  ZipArchive(Path path, Limits limits) throws IOException {
    this.path = path;
    this.limits = limits;
    this.zip = open(path);
    try {
      limits.requireFiles(zip.size(), path);
      zip.stream().forEach(this::add);
    } catch (RuntimeException refused) {
      zip.close();
      throw refused;
    }
    Collections.sort(files);
    Collections.sort(folders);
  }

  private static ZipFile open(Path path) {
    try {
      return new ZipFile(path.toFile());
    } catch (IOException notZip) {
      throw new UserException(
          "'" + path + "' is neither a folder nor a zip file: " + Reason.of(notZip) + ".", notZip);
    }
  }

  private void add(ZipEntry entry) {
    var name = entry.getName();
    if (climbsOut(name)) {
      throw new UserException(
          "The zip file '%s' is refused, because its entry '%s' climbs out of it."
              .formatted(path, printable(name)));
    }
    if (entry.isDirectory()) {
      folders.add(name.substring(0, name.length() - 1));
    } else {
      files.add(name);
    }
  }

  private static boolean climbsOut(String name) {
    return name.startsWith("/")
        || name.indexOf('\\') >= 0
        || name.indexOf(':') >= 0
        || Arrays.asList(name.split("/")).contains("..");
  }

  private static String printable(String name) {
    return name.replaceAll("\\p{Cntrl}", "?");
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
    var entry = zip.getEntry(file);
    if (entry == null) {
      throw new FileNotFoundException(file);
    }
    try (var in = zip.getInputStream(entry)) {
      return limits.requireLength(in.readNBytes(limits.fileLength() + 1));
    }
  }

  @Override
  public void close() throws IOException {
    zip.close();
  }
}

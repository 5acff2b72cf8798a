package dev.gradus.checkpoint;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** What makes changes of a folder survive a power cut. */
final class Disk {
  private Disk() {}

  /** Creates a folder and what is missing above it. */
  static void createFolder(Path folder) throws IOException {
    Path absolute = folder.toAbsolutePath();
    Path parent = absolute.getParent();
    if (parent == null || Files.isDirectory(absolute)) {
      return;
    }
    createFolder(parent);
    Files.createDirectories(absolute);
    forceFolder(parent);
  }

  /** Forces the names in a folder to the disk, where the system can. */
  static void forceFolder(Path folder) throws IOException {
    if (folder.getFileSystem().supportedFileAttributeViews().contains("posix")) {
      try (var channel = FileChannel.open(folder, StandardOpenOption.READ)) {
        channel.force(true);
      }
    }
  }
}

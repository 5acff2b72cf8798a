package dev.gradus.cli.data;

import dev.gradus.UserException;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/** Fetches published files into the cache, once. */
final class Downloads {
  private final DataPlaces places;
  private final LoadListener listener;

  Downloads(DataOptions options) {
    places = options.places();
    listener = options.listener();
  }

  /** The folder in the cache that holds all the files. */
  Path fetch(String name, String address, List<Published> files) {
    var folder = places.cache().resolve(name);
    var missing =
        files.stream().filter(file -> !Files.exists(folder.resolve(file.name()))).toList();
    if (missing.isEmpty()) {
      return folder;
    }
    if (places.offline()) {
      throw new UserException(notHere(name) + ", and downloads are switched off.");
    }
    var total = missing.stream().mapToLong(Published::length).sum() / 1_000_000 + 1;
    listener.note("Downloading %s (%,d MB) from %s to %s".formatted(name, total, address, folder));
    missing.forEach(file -> fetch(name, URI.create(address + file.name()), file, folder));
    return folder;
  }

  private void fetch(String name, URI from, Published file, Path folder) {
    try {
      Files.createDirectories(folder);
      new Download(from, file, listener).to(folder.resolve(file.name()));
    } catch (IOException failure) {
      throw new UserException(
          "%s, and the download of %s failed: %s. Put the file there, or try again."
              .formatted(notHere(name), from, Reason.of(failure)),
          failure);
    }
  }

  private String notHere(String name) {
    return places
        .searched()
        .map(folder -> "'" + folder.resolve(name) + "'")
        .collect(Collectors.joining(", ", "The data set '" + name + "' is not in any of ", ""));
  }
}

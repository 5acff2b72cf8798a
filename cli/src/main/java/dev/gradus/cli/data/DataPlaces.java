package dev.gradus.cli.data;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Where data sets are looked for.
 *
 * @param folders searched in this order; a data set named {@code mnist} is looked for in each
 *     folder's subfolder {@code mnist}
 * @param cache searched last; downloads are kept here
 * @param offline refuse to download
 */
public record DataPlaces(List<Path> folders, Path cache, boolean offline) {
  private static final Path DEBIAN = Path.of("/usr/share/datasets");

  /** Copies the list. */
  public DataPlaces {
    folders = List.copyOf(folders);
  }

  /**
   * The usual places: the folder {@code GRADUS_DATA}, then Debian's {@code /usr/share/datasets},
   * then the cache {@code XDG_CACHE_HOME/gradus} or {@code ~/.cache/gradus}.
   *
   * @param environment the environment variables
   * @param home the user's home folder
   * @return the places; downloads are allowed
   */
  public static DataPlaces usual(Map<String, String> environment, Path home) {
    var folders = new ArrayList<Path>();
    variable(environment, "GRADUS_DATA").ifPresent(folders::add);
    folders.add(DEBIAN);
    var caches = variable(environment, "XDG_CACHE_HOME").orElse(home.resolve(".cache"));
    return new DataPlaces(folders, caches.resolve("gradus"), false);
  }

  private static Optional<Path> variable(Map<String, String> environment, String name) {
    return Optional.ofNullable(environment.get(name)).filter(v -> !v.isBlank()).map(UserPath::of);
  }

  /**
   * The same places without the network.
   *
   * @return a copy that refuses to download
   */
  public DataPlaces withoutNetwork() {
    return new DataPlaces(folders, cache, true);
  }

  Optional<Path> find(String relative) {
    return searched().map(folder -> folder.resolve(relative)).filter(Files::exists).findFirst();
  }

  Stream<Path> searched() {
    return Stream.concat(folders.stream(), Stream.of(cache));
  }

  /** The path itself or, when it is relative and does not exist, the same path in a folder. */
  Path locate(String text) {
    var path = UserPath.of(text);
    if (Files.exists(path)) {
      return path;
    }
    return find(text).orElseThrow(() -> UserPath.missing(path));
  }
}

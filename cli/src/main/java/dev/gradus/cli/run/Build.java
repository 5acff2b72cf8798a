package dev.gradus.cli.run;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Objects;
import java.util.Properties;

/**
 * Which Gradus this is.
 *
 * @param version the release
 * @param commit the commit it was built from, with {@code -dirty} behind it when files had changed;
 *     empty when it was not built from a repository
 */
public record Build(String version, String commit) {
  /** An absent commit is an empty one. */
  public Build {
    commit = Objects.requireNonNullElse(commit, "");
  }

  /**
   * The running program.
   *
   * @return version and commit, as the build wrote them down
   */
  public static Build current() {
    var properties = new Properties();
    try (var file = Build.class.getResourceAsStream("build.properties")) {
      properties.load(Objects.requireNonNull(file, "build.properties"));
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
    return new Build(properties.getProperty("version"), properties.getProperty("commit", ""));
  }

  /**
   * The Java runtime under it.
   *
   * @return version and vendor
   */
  public static String jdk() {
    return Runtime.version() + " (" + System.getProperty("java.vendor") + ")";
  }
}

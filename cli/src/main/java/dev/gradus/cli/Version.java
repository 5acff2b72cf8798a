package dev.gradus.cli;

import dev.gradus.cli.run.Build;
import picocli.CommandLine.IVersionProvider;

/** What {@code --version} prints. */
final class Version implements IVersionProvider {
  @Override
  public String[] getVersion() {
    var build = Build.current();
    var commit = build.commit().isEmpty() ? "" : " (commit " + build.commit() + ")";
    return new String[] {"gradus " + build.version() + commit, "Java " + Build.jdk()};
  }
}

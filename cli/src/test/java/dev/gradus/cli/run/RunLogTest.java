package dev.gradus.cli.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunLogTest {
  private static final Logger OURS = Logger.getLogger("dev.gradus.something");
  private static final Logger OTHERS = Logger.getLogger("ai.djl.something");

  @TempDir Path folder;
  private final ArrayList<String> console = new ArrayList<>();

  @Test
  void keepsEverythingAndPrintsOurWarnings() throws IOException {
    var files = new RunFiles(folder);
    try (var log = RunLog.install(console::add, Level.WARNING)) {
      OURS.info("before there is a run");
      OTHERS.log(Level.WARNING, "no {0} here", "GPU");
      log.writeTo(files);
      OURS.warning("look here");
      OURS.log(Level.SEVERE, "broken", new IllegalStateException("why"));
    }
    OURS.warning("after the end");
    assertThat(console).containsExactly("look here", "broken");
    assertThat(Files.readString(files.log()))
        .containsSubsequence(
            "INFO    before there is a run",
            "WARNING no GPU here",
            "WARNING look here",
            "SEVERE  broken",
            "IllegalStateException: why",
            "\tat ")
        .doesNotContain("after the end");
  }

  @Test
  void printsWhatManyRunsSayOnce() throws IOException {
    var files = new RunFiles(folder);
    try (var log = RunLog.install(console::add, Level.WARNING)) {
      log.writeTo(files);
      OURS.warning("the same");
      OURS.warning("the same");
    }
    assertThat(console).containsExactly("the same");
    assertThat(Files.readString(files.log()).split("the same", -1)).hasSize(3);
  }

  @Test
  void isAppendedToWhenARunGoesOn() throws IOException {
    var files = new RunFiles(folder);
    for (var line : new String[] {"first", "second"}) {
      try (var log = RunLog.install(console::add, Level.INFO)) {
        log.writeTo(files);
        OURS.info(line);
      }
    }
    assertThat(Files.readString(files.log())).containsSubsequence("first", "second");
    assertThat(console).containsExactly("first", "second");
  }
}

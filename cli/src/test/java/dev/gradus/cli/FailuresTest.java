package dev.gradus.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class FailuresTest {
  private final StringWriter err = new StringWriter();
  private final Failures failures = new Failures(new PrintWriter(err));

  @Test
  void aFaultOfOursNamesTheFileWithTheStackTrace() throws IOException {
    assertThat(failures.report(new IllegalStateException("broken"))).isEqualTo(1);
    var sentence =
        Pattern.compile(
            "gradus: This is a fault of Gradus, not yours \\(IllegalStateException\\);"
                + " the details are in (.+)\\.\\R");
    var match = sentence.matcher(err.toString());
    assertThat(match.matches()).isTrue();
    var details = Path.of(match.group(1));
    assertThat(Files.readString(details))
        .startsWith("java.lang.IllegalStateException: broken")
        .contains("\tat " + FailuresTest.class.getName());
    Files.delete(details);
  }

  @Test
  void aFaultInARunNamesItsLog() {
    var log = Path.of("some", "log.txt");
    assertThat(failures.report(new LoggedFailure(log, new StackOverflowError()))).isEqualTo(1);
    assertThat(err.toString())
        .isEqualToIgnoringNewLines(
            "gradus: This is a fault of Gradus, not yours (StackOverflowError); the details are in "
                + log
                + ".");
  }
}

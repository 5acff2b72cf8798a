package dev.gradus.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;

class HelpTest {
  private static final int WIDTH = 80;

  static Stream<String> commands() {
    var commands = new CommandLine(new Gradus()).getSubcommands().keySet().stream();
    return Stream.concat(
        Stream.of("gradus", "compress plan", "compress scale"),
        commands.filter(name -> !name.equals("help")));
  }

  /** The expected text is what {@code ./gradus COMMAND --help} prints. */
  @ParameterizedTest
  @MethodSource("commands")
  void tellsWhatIsWrittenDown(String command) throws IOException {
    var help = help(command);
    assertThat(help.code()).isZero();
    assertThat(help.err()).isEmpty();
    assertThat(help.out()).isEqualTo(expected(command));
  }

  @ParameterizedTest
  @MethodSource("commands")
  void fitsIntoASmallTerminal(String command) {
    assertThat(help(command).out().lines()).allMatch(line -> line.length() <= WIDTH);
  }

  private static Invocation help(String command) {
    return command.equals("gradus")
        ? Invocation.of("--help")
        : Invocation.of((command + " --help").split(" ", -1));
  }

  private static String expected(String command) throws IOException {
    try (var file =
        HelpTest.class.getResourceAsStream("help/" + command.replace(' ', '-') + ".txt")) {
      return new String(Objects.requireNonNull(file).readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  @Test
  void namesEveryExitCodeOfACommand() {
    assertThat(Invocation.of("--help").out())
        .contains("  0     ", "  1     ", "  2     ", "  130   ", "  143   ");
  }

  @Test
  void isAlsoACommandAndTheAnswerToNothing() {
    assertThat(Invocation.of("compress").out()).isEqualTo(help("compress").out());
    assertThat(Invocation.of("help", "train").out()).isEqualTo(help("train").out());
    assertThat(Invocation.of().out()).isEqualTo(help("gradus").out());
  }

  @Test
  void theVersionNamesTheJavaRuntime() {
    var version = Invocation.of("--version");
    assertThat(version.code()).isZero();
    assertThat(version.out())
        .matches("gradus \\d+\\.\\d+\\.\\d+( \\(commit [^)]+\\))?\nJava .+ \\(.+\\)\n")
        .contains(Runtime.version().toString());
  }
}

package dev.gradus.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gradus.UserException;
import dev.gradus.cli.RunFile.Entry;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RunFileTest {
  private static final int MUTATIONS = 500;

  @TempDir Path folder;

  private Path file(String text) throws IOException {
    return Files.writeString(folder.resolve("run.yaml"), text);
  }

  @Test
  void holdsTextsAsTheyWereTyped() throws IOException {
    var path =
        file(
            """
            # a comment
            optimizer: adam | project | decay(0.01)
            lr: 1e-3
            seed: 0012
            skip-nonfinite: yes
            label: "yes: # no"
            ignore: [id, "the name"]
            model:
            """);
    assertThat(RunFile.read(path).entries())
        .containsExactly(
            new Entry("optimizer", List.of("adam | project | decay(0.01)"), 2),
            new Entry("lr", List.of("1e-3"), 3),
            new Entry("seed", List.of("0012"), 4),
            new Entry("skip-nonfinite", List.of("yes"), 5),
            new Entry("label", List.of("yes: # no"), 6),
            new Entry("ignore", List.of("id", "the name"), 7),
            new Entry("model", List.of(), 8));
  }

  @Test
  void whatIsPrintedIsRead() throws IOException {
    var settings = new LinkedHashMap<String, Object>();
    settings.put("text", "a: b # c | 'd' \"e\" \n ü");
    settings.put("number", "1e-3");
    settings.put("rate", 0.1);
    settings.put("flag", true);
    settings.put("word", "true");
    settings.put("list", List.of("x, y", "- z"));
    var entries = RunFile.read(file(RunFile.print(settings))).entries();
    assertThat(entries.stream().map(Entry::key)).containsExactlyElementsOf(settings.keySet());
    assertThat(entries.stream().map(Entry::values))
        .containsExactly(
            List.of("a: b # c | 'd' \"e\" \n ü"),
            List.of("1e-3"),
            List.of("0.1"),
            List.of("true"),
            List.of("true"),
            List.of("x, y", "- z"));
  }

  @Test
  void anEmptyFileSetsNothing() throws IOException {
    assertThat(RunFile.read(file("")).entries()).isEmpty();
    assertThat(RunFile.read(file("# nothing\n")).entries()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '!',
      textBlock =
          """
          just words      ! line 1: A run file holds lines like 'data: digits'.
          [digits]        ! line 1: A run file holds lines like 'data: digits'.
          data: {a: b}    ! line 1: The value must be a text, a number or a list of them.
          data: [[a]]     ! line 1: The value must be a text, a number or a list of them.
          data: 'digits   ! line 1: This is not YAML (while scanning a quoted scalar).
          """)
  void refusesOtherThings(String text, String problem) throws IOException {
    var path = file(text);
    assertThatThrownBy(() -> RunFile.read(path))
        .isInstanceOf(UserException.class)
        .hasMessageStartingWith(path + ", " + problem);
  }

  @Test
  void refusesAKeyThatIsThereTwice() throws IOException {
    var path = file("lr: 1\nlr: 2\n");
    assertThatThrownBy(() -> RunFile.read(path))
        .isInstanceOf(UserException.class)
        .hasMessageStartingWith(path + ", line 2: ")
        .hasMessageContaining("'lr'");
  }

  @Test
  void refusesFilesThatAreMissingTooLargeOrNoText() throws IOException {
    var missing = folder.resolve("missing.yaml");
    assertThatThrownBy(() -> RunFile.read(missing))
        .isInstanceOf(UserException.class)
        .hasMessage("The run file '" + missing + "' does not exist.");
    var path = file("x".repeat(1_000_001));
    assertThatThrownBy(() -> RunFile.read(path))
        .isInstanceOf(UserException.class)
        .hasMessage("The file '" + path + "' is no run file: it is larger than 1,000,000 bytes.");
    Files.write(path, new byte[] {(byte) 0xff, (byte) 0xfe, 0});
    assertThatThrownBy(() -> RunFile.read(path))
        .isInstanceOf(UserException.class)
        .hasMessage("The file '" + path + "' is no run file: it is no text.");
  }

  @Test
  void damagedFilesAreReadOrRefusedInASentence() throws IOException {
    var good = "data: digits\nignore: [a, b]\noptimizer: 'adam | decay(0.01)'\n&x lr: *x\n";
    var random = new Random(1);
    for (int mutation = 0; mutation < MUTATIONS; mutation++) {
      var bytes = good.getBytes(StandardCharsets.US_ASCII);
      for (int place = 0; place <= mutation % 4; place++) {
        bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(128);
      }
      readOrRefuse(file(new String(bytes, StandardCharsets.US_ASCII)));
    }
  }

  private static void readOrRefuse(Path path) {
    try {
      RunFile.read(path);
    } catch (UserException refused) {
      assertThat(refused.getMessage()).startsWith(path + ", line ").endsWith(".");
    }
  }
}

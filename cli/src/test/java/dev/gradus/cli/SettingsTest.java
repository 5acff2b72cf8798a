package dev.gradus.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gradus.UserException;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

class SettingsTest {
  @TempDir Path folder;

  @Command(name = "some")
  static final class Some {
    @Mixin final TrainSettings settings = new TrainSettings();
  }

  private static CommandLine given(String... arguments) {
    var line = new CommandLine(new Some());
    line.parseArgs(arguments);
    return line;
  }

  private RunFile file(String text) throws IOException {
    return RunFile.read(Files.writeString(folder.resolve("run.yaml"), text));
  }

  private static Object value(CommandLine line, String option) {
    return line.getCommandSpec().findOption(option).getValue();
  }

  @Test
  void theCommandLineWinsOverTheFileAndTheFileOverTheDefaults() throws IOException {
    var line = given("--lr", "0.5", "--ignore", "x,y");
    new Settings(line.getCommandSpec())
        .fillFrom(file("format: 1\nlr: 0.1\nepochs: 3\nignore: [a, b]\nout: some/where\n"));
    assertThat(value(line, "--lr")).isEqualTo(0.5);
    assertThat(value(line, "--ignore")).isEqualTo(List.of("x", "y"));
    assertThat(value(line, "--epochs")).isEqualTo(3);
    assertThat(value(line, "--out")).isEqualTo(Path.of("some/where"));
    assertThat(value(line, "--text-length")).isEqualTo(64);
  }

  @Test
  void whatIsPrintedFillsInTheSame() throws IOException {
    var first =
        new Settings(
            given(
                    "--data=csv:a b.csv",
                    "--ignore=a,b",
                    "--task=regression",
                    "--optimizer=adam | decay(0.1)",
                    "--lr=0.25",
                    "--seed=-7",
                    "--skip-nonfinite",
                    "--augment",
                    "--checkpoint-every=10m",
                    "--unreadable-images=skip")
                .getCommandSpec());
    var second = new Settings(given().getCommandSpec());
    second.fillFrom(file(first.print()));
    assertThat(second.print()).isEqualTo(first.print()).contains("augment: crop-and-flip");
  }

  @Test
  void theFolderIsNotPrinted() {
    assertThat(new Settings(given("--out", "x").getCommandSpec()).print())
        .startsWith("format: 1\n")
        .doesNotContain("out:");
  }

  @Test
  void anUnknownKeyIsNamedWithItsLineAndTheNearest() throws IOException {
    var file = file("data: digits\nepoch: 3\n");
    assertThatThrownBy(() -> new Settings(given().getCommandSpec()).fillFrom(file))
        .isInstanceOf(UserException.class)
        .hasMessage(file.path() + ", line 2: Unknown key 'epoch'; did you mean 'epochs'?");
  }

  @Test
  void anImpossibleValueIsNamedWithItsLineEvenIfTheCommandLineWins() throws IOException {
    var file = file("data: digits\n\nlr: -1\n");
    assertThatThrownBy(() -> new Settings(given("--lr=1").getCommandSpec()).fillFrom(file))
        .isInstanceOf(UserException.class)
        .hasMessage(
            file.path() + ", line 3: Option --lr takes a number above 0, such as 0.001, not '-1'.");
  }

  @Test
  void aSingleValueIsNotAList() throws IOException {
    var file = file("lr: [1, 2]\n");
    assertThatThrownBy(() -> new Settings(given().getCommandSpec()).fillFrom(file))
        .isInstanceOf(UserException.class)
        .hasMessage(file.path() + ", line 1: Option --lr is given twice; give it once.");
  }

  @Test
  void aNewerFormatIsRefused() throws IOException {
    var file = file("format: 2\n");
    assertThatThrownBy(() -> new Settings(given().getCommandSpec()).fillFrom(file))
        .isInstanceOf(UserException.class)
        .hasMessage(
            file.path() + " has format 2, but this Gradus reads format 1; use a newer one.");
  }

  @Test
  void differencesAreThoseOfTheCommandLine() throws IOException {
    var file = file("format: 1\nlr: 0.1\nepochs: 3\nseed: 1\n");
    var settings = new Settings(given("--lr=0.10", "--epochs=4", "--batch=8").getCommandSpec());
    assertThat(settings.differences(file)).containsExactly("--epochs 3");
  }

  @Test
  void theFirstFormatStaysReadable() throws URISyntaxException {
    var config = Objects.requireNonNull(SettingsTest.class.getResource("run/format-1/config.yaml"));
    var line = given();
    new Settings(line.getCommandSpec()).fillFrom(RunFile.read(Path.of(config.toURI())));
    assertThat(value(line, "--model")).isEqualTo("lenet-bn(width=32)");
    assertThat(value(line, "--seed")).isEqualTo(7L);
  }
}

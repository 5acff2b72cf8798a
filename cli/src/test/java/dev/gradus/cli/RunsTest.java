package dev.gradus.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gradus.UserException;
import dev.gradus.cli.run.RunFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RunsTest {

  @ParameterizedTest
  @CsvSource({
    "digits, mlp, digits-mlp",
    "fashion-mnist, 'lenet-bn(width=32, dropout=0.5)', fashion-mnist-lenet-bn",
    "csv:/some/where/Wine Quality.v2.csv.gz, mlp, wine-quality-mlp",
    "images:../pets.zip, resnet20, pets-resnet20",
    "images:folder/, vgg-bn, folder-vgg-bn",
    "text:Ünïcode.txt, char-lstm, n-code-char-lstm"
  })
  void areNamedAfterDataAndModel(String data, String model, String name) {
    assertThat(Runs.name(data, model)).isEqualTo(name);
  }

  private static RunFiles run(Path folder, long started) throws IOException {
    var files = new RunFiles(folder);
    Files.createDirectories(folder);
    Files.writeString(files.configuration(), "format: 1");
    Files.setLastModifiedTime(files.configuration(), FileTime.fromMillis(started));
    return files;
  }

  @Test
  void theNewestUnfinishedIsFound(@TempDir Path parent) throws IOException {
    run(parent.resolve("a"), 1000);
    var newest = run(parent.resolve("b"), 2000);
    Files.writeString(run(parent.resolve("c"), 3000).result(), "{}");
    Files.createDirectories(parent.resolve("d"));
    assertThat(Runs.newestUnfinished(parent)).isEqualTo(newest);
  }

  @Test
  void withoutAnUnfinishedOneAFolderHasToBeNamed(@TempDir Path parent) {
    var missing = parent.resolve("runs");
    assertThatThrownBy(() -> Runs.newestUnfinished(missing))
        .isInstanceOf(UserException.class)
        .hasMessage(
            "There is no unfinished run in the folder '%s'; name one: --resume FOLDER."
                .formatted(missing));
  }
}

package dev.gradus.cli.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gradus.UserException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunFolderTest {
  @TempDir Path temporary;

  private Path folder() {
    return temporary.resolve("some").resolve("run");
  }

  @Test
  void isMadeWithTheFoldersAboveIt() {
    try (var created = RunFolder.create(folder())) {
      assertThat(created.files().isRun()).isFalse();
      created.configure("format: 1\n");
      assertThat(created.files().isRun()).isTrue();
      assertThat(created.files().isFinished()).isFalse();
    }
    RunFolder.open(folder()).close();
  }

  @Test
  void isNotMadeTwice() {
    try (var created = RunFolder.create(folder())) {
      created.configure("format: 1\n");
    }
    assertThatThrownBy(() -> RunFolder.create(folder()))
        .isInstanceOf(UserException.class)
        .hasMessage(
            "The folder '%s' holds a run already; go on with it by --resume %s or choose another."
                .formatted(folder(), folder()));
  }

  @Test
  void isNotMadeOfAFolderWithOtherThings() throws IOException {
    Files.createDirectories(folder());
    Files.writeString(folder().resolve("thesis.tex"), "precious");
    assertThatThrownBy(() -> RunFolder.requireFree(folder()))
        .isInstanceOf(UserException.class)
        .hasMessage(
            "The folder '%s' is not empty (it holds 'thesis.tex'); choose another."
                .formatted(folder()));
    assertThatThrownBy(() -> RunFolder.create(folder())).isInstanceOf(UserException.class);
    assertThatThrownBy(() -> RunFolder.open(folder()))
        .isInstanceOf(UserException.class)
        .hasMessage(
            "The folder '%s' is not the folder of a run: it has no config.yaml."
                .formatted(folder()));
  }

  @Test
  void isNotMadeOfAFile() throws IOException {
    Files.createDirectories(folder().getParent());
    Files.writeString(folder(), "");
    assertThatThrownBy(() -> RunFolder.requireFree(folder()))
        .isInstanceOf(UserException.class)
        .hasMessage("The run folder '%s' is a file; choose another.".formatted(folder()));
    assertThatThrownBy(() -> RunFolder.create(folder().resolve("below")))
        .isInstanceOf(UserException.class)
        .hasMessageStartingWith("Cannot write '" + folder().resolve("below") + "'");
  }

  @Test
  void isUsedOnce() {
    try (var created = RunFolder.create(folder())) {
      created.configure("format: 1\n");
      assertThatThrownBy(() -> RunFolder.open(folder()))
          .isInstanceOf(UserException.class)
          .hasMessageContaining("is in use by this process");
    }
  }

  @Test
  void thatIsMissingIsNamed() {
    assertThatThrownBy(() -> RunFolder.open(folder()))
        .isInstanceOf(UserException.class)
        .hasMessage("The run folder '%s' does not exist.".formatted(folder()));
  }

  @Test
  void numbersGoOnFromTheFirstThatIsFree() {
    try (var first = RunFolder.createNumbered(temporary, "digits-mlp");
        var second = RunFolder.createNumbered(temporary, "digits-mlp")) {
      assertThat(first.files().folder()).isEqualTo(temporary.resolve("digits-mlp-1"));
      assertThat(second.files().folder()).isEqualTo(temporary.resolve("digits-mlp-2"));
    }
  }

  @Test
  void aClaimTakesWhatIsFreeAndKeepsARun() throws IOException {
    var folder = temporary.resolve("claimed");
    try (var claimed = RunFolder.claim(folder).orElseThrow()) {
      assertThat(RunFolder.claim(folder)).isEmpty();
      claimed.configure("format: 1\n");
    }
    try (var again = RunFolder.claim(folder).orElseThrow()) {
      assertThat(again.files().isRun()).isTrue();
    }
  }

  @Test
  void aClaimDeletesWhatIsLeftOfARunThatHasNoSettings() throws IOException {
    var folder = temporary.resolve("killed");
    Files.createDirectories(folder.resolve("checkpoints"));
    Files.writeString(folder.resolve("config.yaml.tmp"), "form");
    try (var claimed = RunFolder.claim(folder).orElseThrow()) {
      assertThat(claimed.files().folder()).isDirectoryNotContaining("glob:**/{config,check}*");
    }
  }

  @Test
  void aDiscardedRunIsGoneWithItsFolder() throws IOException {
    var folder = temporary.resolve("done");
    try (var claimed = RunFolder.claim(folder).orElseThrow()) {
      claimed.configure("format: 1\n");
      Files.createDirectories(claimed.files().checkpoints());
      Files.writeString(claimed.files().checkpoints().resolve("gradus.lock"), "");
      claimed.discard();
      assertThat(folder).doesNotExist();
    }
  }
}

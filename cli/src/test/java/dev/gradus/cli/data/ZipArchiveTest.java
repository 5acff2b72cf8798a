package dev.gradus.cli.data;

import static dev.gradus.cli.data.Fixture.options;
import static dev.gradus.cli.data.Fixture.png;
import static dev.gradus.cli.data.Fixture.refusal;
import static dev.gradus.cli.data.Fixture.write;
import static dev.gradus.cli.data.Fixture.zip;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gradus.UserException;
import dev.gradus.cli.data.Archive.Limits;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ZipArchiveTest {
  private static final Limits SMALL = new Limits(2, 1000);

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(
      strings = {"../evil.png", "a/../../evil.png", "/etc/evil.png", "a\\..\\evil.png", "C:/a.png"})
  void refusesEntriesThatClimbOut(String entry) throws IOException {
    var file = write(folder.resolve("evil.zip"), zip(Map.of(entry, png(0))));
    refusal("images:" + file, options(folder))
        .isEqualTo(
            "The zip file '%s' is refused, because its entry '%s' climbs out of it.", file, entry);
  }

  @Test
  void refusesTooManyEntries() throws IOException {
    var bytes = zip(Map.of("a", new byte[1], "b", new byte[1], "c", new byte[1]));
    var file = write(folder.resolve("many.zip"), bytes);
    assertThatThrownBy(() -> Archive.open(file, SMALL))
        .isInstanceOf(UserException.class)
        .hasMessage("'%s' holds more than 2 files, which is the limit.", file);
  }

  @Test
  void refusesTooManyFilesInAFolder() throws IOException {
    for (int number = 0; number < 3; number++) {
      write(folder.resolve("many/" + number), "");
    }
    assertThatThrownBy(() -> Archive.open(folder.resolve("many"), SMALL))
        .isInstanceOf(UserException.class)
        .hasMessageEndingWith("holds more than 2 files, which is the limit.");
  }

  @Test
  void readsNoFurtherThanTheLimit() throws IOException {
    var bytes = zip(Map.of("bomb.png", new byte[10_000_000], "small.png", new byte[1000]));
    assertThat(bytes.length).isLessThan(20_000);
    try (var archive = Archive.open(write(folder.resolve("bomb.zip"), bytes), SMALL)) {
      assertThat(archive.read("small.png")).hasSize(1000);
      assertThatThrownBy(() -> archive.read("bomb.png"))
          .isInstanceOf(UnreadableImageException.class)
          .hasMessage("is larger than 1,000 bytes, which is the limit");
    }
  }

  @Test
  void listsFilesAndFoldersInOrder() throws IOException {
    var bytes = zip(Map.of("b/2", new byte[1], "a/", new byte[0], "b/1", new byte[1]));
    try (var archive = Archive.open(write(folder.resolve("x.zip"), bytes), Limits.USUAL)) {
      assertThat(archive.files()).containsExactly("b/1", "b/2");
      assertThat(archive.folders()).containsExactly("a");
    }
  }
}

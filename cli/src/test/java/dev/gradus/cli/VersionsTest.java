package dev.gradus.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Pages that a reader copies from name the version that is built. */
class VersionsTest {
  private static String read(String file) throws IOException {
    return Files.readString(Path.of("..").resolve(file));
  }

  private static String version() throws IOException {
    var version = Pattern.compile("^  <version>(.*)</version>", Pattern.MULTILINE);
    return version.matcher(read("pom.xml")).results().findFirst().orElseThrow().group(1);
  }

  @Test
  void pagesNameTheVersionThatIsBuilt() throws IOException {
    assertThat(read("README.md"))
        .contains("<version>" + version() + "</version>", "gradus-bom:" + version() + "\"");
    assertThat(read("docs/Spirals.java")).contains("//DEPS dev.gradus:gradus-djl:" + version());
    assertThat(read("CHANGELOG.md")).contains("\n## " + version() + " ");
  }

  @Test
  void itsReleaseIsKeptAmongTheTests() throws IOException {
    for (String module : new String[] {"core", "cli"}) {
      assertThat(Path.of("..", module, "src/test/resources/releases", version())).isDirectory();
    }
  }
}

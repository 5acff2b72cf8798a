package dev.gradus.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.imageio.ImageIO;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ToysTest {
  @TempDir Path folder;

  private Invocation toys(String... options) {
    var all = new String[options.length + 3];
    System.arraycopy(options, 0, all, 3, options.length);
    all[0] = "toys";
    all[1] = "--out";
    all[2] = folder.toString();
    return Invocation.of(all);
  }

  @Test
  void drawsFourLandscapesTwiceAndTellsWhereWaysEnd() throws Exception {
    var drawn = toys("--optimizer", "sgd", "--optimizer", "adam | project", "--lr", "0.01");
    assertThat(drawn.code()).describedAs(drawn.err()).isZero();
    assertThat(drawn.out().lines()).hasSize(9);
    assertThat(drawn.out())
        // 63 · 0.98¹⁰⁰ and 19 · 0.998¹⁰⁰ beside the lowest point.
        .contains("sgd, rate 0.010: 93.99", "at (11.36, 17.55) after 100 steps")
        .contains("Direction   adam | project, rate 0.010: ")
        .endsWith(folder.resolve("toys.svg") + "\n");
    var image = ImageIO.read(folder.resolve("toys.png").toFile());
    assertThat(image.getWidth()).isEqualTo(2240);
    assertThat(image.getRGB(1, 1)).isEqualTo(0xFFFFFFFF);
    assertThat(title(folder.resolve("toys.svg"))).isEqualTo("Ways of sgd, adam | project");
  }

  private static String title(Path svg) throws Exception {
    try (var input = Files.newInputStream(svg)) {
      var factory = DocumentBuilderFactory.newInstance();
      factory.setFeature("http://apache.org/xml/features/nonvalidating/load-external-dtd", false);
      var document = factory.newDocumentBuilder().parse(input);
      assertThat(document.getDocumentElement().getAttribute("width")).isEqualTo("1120");
      return document.getElementsByTagName("title").item(0).getTextContent();
    }
  }

  @Test
  void aFolderThatCannotBeMadeIsAMistakeOfTheUser() throws IOException {
    Files.writeString(folder.resolve("file"), "");
    var refused =
        Invocation.of(
            "toys", "--optimizer=sgd", "--lr=1", "--out", folder.resolve("file").toString());
    assertThat(refused.code()).isEqualTo(2);
    assertThat(refused.err()).contains("The picture 'toys' cannot be written to ");
  }

  @Test
  void anUnknownRuleIsNamed() {
    assertThat(toys("--optimizer=adan").err())
        .contains("Unknown rule 'adan'", "did you mean 'adam'?");
  }
}

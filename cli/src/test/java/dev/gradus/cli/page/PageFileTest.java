package dev.gradus.cli.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gradus.UserException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PageFileTest {
  private static final String EVIL = "<script>alert(1)</script>\"'&";

  @TempDir private Path folder;

  private static Histogram histogram() {
    var counter = new Histogram.Counter(2);
    counter.add(0.01, true);
    counter.add(2, false);
    return counter.draw(true);
  }

  private static Suspicion suspicion(String text) {
    var grey = new float[] {0, 0.5f, 0.5f, 1};
    return new Suspicion(
        text,
        0.25,
        Optional.of(
            Sparkline.of(
                List.of(new Sparkline.Point(1, 1), new Sparkline.Point(2, 0.25)), 2, 2, 2)),
        Optional.of(Thumbnail.of(grey, 1, 2, 2, 2)),
        List.of(),
        List.of(new Suspicion.Answer(text, 0.9, false), new Suspicion.Answer("cat", 0.1, true)),
        Optional.of(new Suspicion.Truth(true, text)));
  }

  private String written(String text) throws IOException {
    var file = folder.resolve("page.html");
    PageFile.at(file)
        .write(
            new SuspectsPage(
                text,
                text,
                text,
                List.of(new Fact(text, text, text)),
                histogram(),
                "2",
                List.of(suspicion(text))));
    return Files.readString(file);
  }

  @Test
  void everyTextIsEscaped() throws IOException {
    assertThat(written(EVIL))
        .doesNotContain("<script")
        .contains("&lt;script&gt;alert(1)&lt;/script&gt;")
        .doesNotContain("alt=\"<", "alert(1)</script>");
    assertThat(written("\" onload=\"x")).doesNotContain("alt=\"\" onload");
  }

  @Test
  void needsNothingFromElsewhere() throws IOException {
    assertThat(written("plain"))
        .startsWith("<!DOCTYPE html>\n<html lang=\"en\">")
        .contains("default-src 'none'", "prefers-color-scheme: dark", "@media print")
        .doesNotContain("<script", "<link", "http://", "https://", "url(");
  }

  @Test
  void drawingsHaveWords() throws IOException {
    assertThat(written("plain"))
        .contains(
            "aria-label=\"Rate 1.00 after epoch 1, 0.25 after epoch 2\"",
            "aria-label=\"The rates of 2 examples; 1 of them, most of all, are 0.00 to 0.05\"",
            "alt=\"plain, labelled cat\"",
            "<th scope=\"row\">1.95 to 2.00</th><td>1</td><td>0</td>");
  }

  @Test
  void aFileThatCannotBeAPageIsRefused() {
    assertThatThrownBy(() -> PageFile.at(folder.resolve("page.txt")))
        .isInstanceOf(UserException.class)
        .hasMessage(
            "'%s' cannot be the name of a page; give one that ends in .html.",
            folder.resolve("page.txt"));
    assertThatThrownBy(() -> PageFile.at(folder.resolve("none/page.html")))
        .hasMessageContaining("The folder of the page", "does not exist; make it first.");
  }
}

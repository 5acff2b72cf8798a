package dev.gradus.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LrFindTest {
  @TempDir private Path temporary;

  private Invocation find(Path picture, String... more) {
    var arguments = new ArrayList<>(List.of("lr-find", "--model=mlp(width=16)"));
    arguments.add("--out=" + picture);
    arguments.addAll(List.of(more));
    return Invocation.of(arguments.toArray(String[]::new));
  }

  @Test
  void printsARateAndDrawsAPicture() throws IOException {
    var file = temporary.resolve("rates.png");
    var found = find(file, "--steps=80");
    assertThat(found.err()).contains("The picture is " + file, "suggested is half-way between");
    assertThat(found.code()).isZero();
    assertThat(Double.parseDouble(found.out())).isBetween(1e-5, 1.0);
    var picture = ImageIO.read(file.toFile());
    assertThat(picture.getWidth()).isEqualTo(1720);
    assertThat(picture.getHeight()).isEqualTo(1000);
    try (Stream<Path> files = Files.list(temporary)) {
      assertThat(files).containsExactly(file);
    }
  }

  @Test
  void drawsEvenWhatSuggestsNothing() {
    var file = temporary.resolve("flat.png");
    var found = find(file, "--from=1e-30", "--to=1e-28", "--steps=100");
    assertThat(found.code()).isEqualTo(2);
    assertThat(found.out()).isEmpty();
    assertThat(found.err()).contains("The loss falls at no learning rate from 1.0e-30 to 1.0e-28;");
    assertThat(file).exists();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "--steps=5; needs at least 20",
        "--steps=0; takes a whole number from 1",
        "--from=0; takes a number above 0",
        "--from=1e-3 --to=1e-3; can't grow from 0.001 to 0.001",
        "--optimizer=adma; did you mean 'adam'",
        "--data=nothing; nothing"
      })
  void refusesInOneSentence(String options, String problem) {
    var file = temporary.resolve("none.png");
    var refused = find(file, options.split(" "));
    assertThat(refused.code()).isEqualTo(2);
    assertThat(refused.err()).contains(problem);
    assertThat(refused.out()).isEmpty();
    assertThat(file).doesNotExist();
  }

  @ParameterizedTest
  @ValueSource(strings = {"--lr=0.1", "--schedule=cosine", "--epochs=2", "--best-by=loss"})
  void knowsNoOptionThatItSetsItself(String option) {
    var refused = find(temporary.resolve("none.png"), option);
    assertThat(refused.code()).isEqualTo(2);
    assertThat(refused.err()).contains(option.substring(0, option.indexOf('=')));
  }

  @ParameterizedTest
  @CsvSource({
    "rates.txt, one that ends in .png",
    "missing/rates.png, make it first",
    "folder.png, give another file"
  })
  void refusesAPlaceForThePictureBeforeAnythingElse(String name, String problem)
      throws IOException {
    Files.createDirectory(temporary.resolve("folder.png"));
    var refused = find(temporary.resolve(name), "--data=nothing");
    assertThat(refused.code()).isEqualTo(2);
    assertThat(refused.err()).contains(problem);
  }
}

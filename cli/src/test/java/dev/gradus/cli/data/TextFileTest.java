package dev.gradus.cli.data;

import static dev.gradus.cli.data.Fixture.gzip;
import static dev.gradus.cli.data.Fixture.input;
import static dev.gradus.cli.data.Fixture.options;
import static dev.gradus.cli.data.Fixture.refusal;
import static dev.gradus.cli.data.Fixture.target;
import static dev.gradus.cli.data.Fixture.write;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gradus.UserException;
import dev.gradus.djl.data.DataSet;
import dev.gradus.djl.data.Normalisation;
import dev.gradus.djl.data.Task;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TextFileTest {
  @TempDir Path folder;

  private DataSet open(String text, int length) throws IOException {
    write(folder.resolve("t.txt"), text);
    return DataSets.open("text:t.txt", options(folder).withText(new TextOptions(length)));
  }

  @Test
  void predictsTheNextCharacter() throws IOException {
    var data = open("cabbacabba" + "cabba".repeat(10), 4);
    assertThat(data.task()).isEqualTo(new Task.NextToken(List.of("a", "b", "c")));
    assertThat(input(data.train(), 0)).containsExactly(2, 0, 1, 1);
    assertThat(target(data.train(), 0)).containsExactly(0, 1, 1, 0);
    assertThat(input(data.train(), 1)).containsExactly(0, 2, 0, 1);
    assertThat(data.train().inputShape()).containsExactly(4L);
    assertThat(data.train().targetShape()).containsExactly(4L);
    assertThat(data.train().identity(1)).isEqualTo("characters 4 to 7");
    assertThat(data.normalisation()).isEqualTo(Normalisation.NONE);
  }

  @Test
  void testsOnTheEndOfTheText() throws IOException {
    var data = open("ab".repeat(200) + "c", 4);
    assertThat(data.train().size()).isEqualTo(72);
    assertThat(data.validation().size()).isEqualTo(8);
    assertThat(data.test().size()).isEqualTo(20);
    assertThat(data.validation().identity(0)).isEqualTo("characters 288 to 291");
    assertThat(data.test().identity(0)).isEqualTo("characters 320 to 323");
    assertThat(target(data.test(), 19)).containsExactly(1, 0, 1, 2);
    assertThat(data.statements())
        .containsExactly(
            "401 characters from %s in sequences of 4; the 3 different ones of the whole file are the vocabulary"
                .formatted(folder.resolve("t.txt")),
            "test = the last 20 % in file order; validation = the last 10 % of the rest in file"
                + " order");
  }

  @Test
  void countsCharactersAboveTheBasicPlaneOnce() throws IOException {
    var data = open("😀ü😀ü😀ü😀ü😀", 2);
    assertThat(((Task.NextToken) data.task()).vocabulary()).containsExactly("ü", "😀");
    assertThat(input(data.train(), 0)).containsExactly(1, 0);
  }

  @Test
  void readsCompressedFiles() throws IOException {
    write(folder.resolve("t.txt.gz"), gzip("ab".repeat(200).getBytes(StandardCharsets.UTF_8)));
    assertThat(Fixture.size(DataSets.open("text:t.txt.gz", options(folder)))).isEqualTo(6);
  }

  @Test
  void refusesTooLittleText() throws IOException {
    write(folder.resolve("t.txt"), "a".repeat(192));
    refusal("text:t.txt", options(folder))
        .isEqualTo(
            "'%s' has only 192 characters, too few for 3 sequences of 64.",
            folder.resolve("t.txt"));
    write(folder.resolve("t.txt"), "");
    refusal("text:t.txt", options(folder)).contains("has only 0 characters");
  }

  @Test
  void refusesWhatIsNoText() throws IOException {
    write(folder.resolve("t.txt"), new byte[] {'a', (byte) 0xff, 'b'});
    refusal("text:t.txt", options(folder)).contains("is not text in UTF-8");
    refusal("text:" + folder, options(folder)).contains("cannot be read");
  }

  @Test
  void refusesDamagedCompression() throws IOException {
    var whole = gzip("ab".repeat(200).getBytes(StandardCharsets.UTF_8));
    write(folder.resolve("t.txt"), Arrays.copyOf(whole, whole.length - 4));
    refusal("text:t.txt", options(folder)).contains("it ends too early, so it is truncated");
  }

  @Test
  void refusesLengthsThatAreNone() {
    assertThatThrownBy(() -> new TextOptions(0)).isInstanceOf(UserException.class);
    assertThatThrownBy(() -> new TextOptions(70_000))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("70000");
  }
}

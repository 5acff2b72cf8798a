package dev.gradus.cli.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gradus.UserException;
import dev.gradus.djl.data.DataSet;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Examples with labels beside a data set. */
class FurtherTest {
  private static final int BYTES = 0x08;

  @TempDir Path folder;

  @BeforeEach
  void data() throws IOException {
    idx("data", 0, 1, 0, 1, 0, 1, 0, 1, 0, 1, 0, 1);
  }

  private void idx(String name, int... labels) throws IOException {
    var pixels = new byte[labels.length * 4];
    var bytes = new byte[labels.length];
    for (int index = 0; index < labels.length; index++) {
      pixels[index * 4] = (byte) (index + 1);
      bytes[index] = (byte) labels[index];
    }
    Fixture.write(
        folder.resolve(name).resolve("train-images-idx3-ubyte"),
        Fixture.idx(BYTES, new int[] {labels.length, 2, 2}, pixels));
    Fixture.write(
        folder.resolve(name).resolve("train-labels-idx1-ubyte"),
        Fixture.idx(BYTES, new int[] {labels.length}, bytes));
  }

  private DataSet set() {
    return DataSets.open("idx:data", Fixture.options(folder));
  }

  @Test
  void ofMnistsFormatHaveTheSameInputsAndContents() throws IOException {
    var set = set();
    idx("trusted", 1, 0, 1, 0, 1, 0, 1, 0, 1, 0, 1, 0);
    var trusted = DataSets.further("idx:trusted", set.description(), Fixture.options(folder));
    assertThat(Fixture.labels(trusted)).startsWith(1, 0, 1).hasSize(12);
    for (int index = 0; index < set.train().size(); index++) {
      int same = Fixture.identities(trusted).indexOf(set.train().identity(index));
      assertThat(Fixture.input(trusted, same)).containsExactly(Fixture.input(set.train(), index));
      assertThat(trusted.contents(same)).isEqualTo(set.train().contents(index));
      assertThat(trusted.contents((same + 1) % 12)).isNotEqualTo(set.train().contents(index));
    }
  }

  @Test
  void withAnUnknownLabelAreRefused() throws IOException {
    idx("trusted", 1, 5, 1);
    refused("In '%s' label 1 of the train part is 5, but there are only the classes 0 to 1.");
  }

  @Test
  void ofAnotherShapeAreRefused() throws IOException {
    Fixture.write(
        folder.resolve("trusted/train-images-idx3-ubyte"),
        Fixture.idx(BYTES, new int[] {1, 1, 3}, new byte[3]));
    Fixture.write(
        folder.resolve("trusted/train-labels-idx1-ubyte"),
        Fixture.idx(BYTES, new int[] {1}, new byte[1]));
    refused("The images in '%s' have the shape [1, 1, 3], but those of the data [1, 2, 2].");
  }

  private void refused(String sentence) {
    var set = set();
    assertThatThrownBy(
            () -> DataSets.further("idx:trusted", set.description(), Fixture.options(folder)))
        .isInstanceOf(UserException.class)
        .hasMessage(sentence.formatted(folder.resolve("trusted")));
  }
}

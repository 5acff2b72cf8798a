package dev.gradus.cli.data;

import static dev.gradus.cli.data.Fixture.gzip;
import static dev.gradus.cli.data.Fixture.idx;
import static dev.gradus.cli.data.Fixture.input;
import static dev.gradus.cli.data.Fixture.labels;
import static dev.gradus.cli.data.Fixture.options;
import static dev.gradus.cli.data.Fixture.refusal;
import static dev.gradus.cli.data.Fixture.write;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.gradus.djl.data.Task;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IdxFolderTest {
  private static final int TRAIN = 40;
  private static final int TEST = 6;

  @TempDir Path folder;
  private Path mnist;

  @BeforeEach
  void writeFiles() throws IOException {
    mnist = folder.resolve("mnist");
    write(mnist.resolve("train-images-idx3-ubyte.gz"), gzip(images(TRAIN, 2, 3)));
    write(mnist.resolve("train-labels-idx1-ubyte"), classes(TRAIN, 4));
    write(mnist.resolve("t10k-images.idx3-ubyte"), images(TEST, 2, 3));
    write(mnist.resolve("t10k-labels.idx1-ubyte.gz"), gzip(classes(TEST, 4)));
  }

  /** Image i consists of pixels of the value i. */
  private static byte[] images(int count, int height, int width) {
    var values = new byte[count * height * width];
    for (int position = 0; position < values.length; position++) {
      values[position] = (byte) (position / (height * width));
    }
    return idx(8, new int[] {count, height, width}, values);
  }

  private static byte[] classes(int count, int classes) {
    var values = new byte[count];
    for (int index = 0; index < count; index++) {
      values[index] = (byte) (index % classes);
    }
    return idx(8, new int[] {count}, values);
  }

  @Test
  void readsBothPartsUnderAnyOfTheirNames() {
    var data = DataSets.open("idx:" + mnist, options(folder));
    assertThat(data.task()).isEqualTo(new Task.Classification(List.of("0", "1", "2", "3")));
    assertThat(data.train().inputShape()).containsExactly(1L, 2L, 3L);
    assertThat(data.train().size()).isEqualTo(36);
    assertThat(data.validation().size()).isEqualTo(4);
    assertThat(labels(data.validation())).containsExactlyInAnyOrder(0, 1, 2, 3);
    assertThat(labels(data.test())).containsExactly(0, 1, 2, 3, 0, 1);
    assertThat(data.test().identity(5)).isEqualTo("test 5");
    assertThat(data.statements().get(1)).startsWith("test = the data set's own; validation = 10 %");
  }

  @Test
  void readsPixelsAsPartsOfWhite() {
    var data = DataSets.open("idx:" + mnist, options(folder));
    var normalisation = data.normalisation();
    for (float pixel : input(data.test(), 5)) {
      double raw = pixel * normalisation.scales().getFirst() + normalisation.means().getFirst();
      assertThat(raw * 255).isCloseTo(5, within(1e-4));
    }
  }

  @Test
  void drawsATestPartWhereThereIsNone() throws IOException {
    Files.delete(mnist.resolve("t10k-images.idx3-ubyte"));
    var data = DataSets.open("idx:" + mnist, options(folder));
    assertThat(data.test().size()).isEqualTo(8);
    assertThat(data.statements().get(1))
        .startsWith("test = 20 % of each class, drawn with seed 0; validation");
  }

  @Test
  void findsTheNamedDataSetInTheDataFolder() {
    var data = DataSets.open("mnist", options(folder));
    assertThat(data.task().outputs()).isEqualTo(10);
    assertThat(data.name()).isEqualTo("mnist");
  }

  @Test
  void saysWhereItLookedWhenOffline() {
    refusal("fashion-mnist", options(folder))
        .isEqualTo(
            "The data set 'fashion-mnist' is not in any of '%s', '%s',"
                + " and downloads are switched off.",
            folder.resolve("fashion-mnist"), folder.resolve("cache/fashion-mnist"));
  }

  @Test
  void namesAMissingFile() throws IOException {
    Files.delete(mnist.resolve("train-labels-idx1-ubyte"));
    refusal("idx:" + mnist, options(folder))
        .isEqualTo(
            "The folder '%s' has no file train-labels-idx1-ubyte (or the same with .gz).", mnist);
  }

  @Test
  void refusesLabelsOutOfRange() throws IOException {
    write(mnist.resolve("t10k-labels.idx1-ubyte.gz"), gzip(classes(TEST, 6)));
    refusal("idx:" + mnist, options(folder))
        .isEqualTo(
            "In '%s' label 4 of the test part is 4, but there are only the classes 0 to 3.", mnist);
    write(mnist.resolve("train-labels-idx1-ubyte"), classes(TRAIN, 11));
    refusal("mnist", options(folder))
        .endsWith("label 10 of the train part is 10, but there are only the classes 0 to 9.");
  }

  @Test
  void refusesALabelThatLeavesAGap() throws IOException {
    var labels = classes(TRAIN, 4);
    labels[labels.length - 3] = (byte) 255;
    write(mnist.resolve("train-labels-idx1-ubyte"), labels);
    refusal("idx:" + mnist, options(folder))
        .isEqualTo(
            "In '%s' label 37 of the train part is 255, but no example has the label 4; mend the"
                + " labels, or say --classes 256 if this is meant.",
            mnist);
    var meant = DataSets.open("idx:" + mnist, options(folder).withClasses(256));
    assertThat(meant.task().outputs()).isEqualTo(256);
    refusal("idx:" + mnist, options(folder).withClasses(200))
        .endsWith("label 37 of the train part is 255, but there are only the classes 0 to 199.");
  }

  @Test
  void refusesDifferentCountsAndSizes() throws IOException {
    write(mnist.resolve("t10k-labels.idx1-ubyte.gz"), gzip(classes(TEST + 1, 4)));
    refusal("idx:" + mnist, options(folder)).contains("holds 6 images").contains("holds 7 labels");
    write(mnist.resolve("t10k-labels.idx1-ubyte.gz"), gzip(classes(TEST, 4)));
    write(mnist.resolve("t10k-images.idx3-ubyte"), images(TEST, 3, 3));
    refusal("idx:" + mnist, options(folder)).contains("[1, 2, 3]").contains("[1, 3, 3]");
  }

  @Test
  void refusesASingleClass() throws IOException {
    write(mnist.resolve("train-labels-idx1-ubyte"), classes(TRAIN, 1));
    write(mnist.resolve("t10k-labels.idx1-ubyte.gz"), gzip(classes(TEST, 1)));
    refusal("idx:" + mnist, options(folder)).contains("only the class [0]");
  }

  @Test
  void weightsClasses() throws IOException {
    var labels = new byte[TRAIN];
    Arrays.fill(labels, 0, 30, (byte) 1);
    write(mnist.resolve("train-labels-idx1-ubyte"), idx(8, new int[] {TRAIN}, labels));
    write(mnist.resolve("t10k-labels.idx1-ubyte.gz"), gzip(classes(TEST, 2)));
    var data = DataSets.open("idx:" + mnist, options(folder).withBalancedClasses(true));
    var task = (Task.Classification) data.task();
    assertThat(task.classWeights()).containsExactly(36 / (2.0 * 9), 36 / (2.0 * 27));
  }
}

package dev.gradus.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gradus.Rules;
import dev.gradus.djl.data.DataSet;
import dev.gradus.djl.data.Examples;
import dev.gradus.djl.data.Normalisation;
import dev.gradus.djl.data.Task;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class UsualTest {
  private static final Task CLASSES = new Task.Classification(List.of("a", "b"));
  private static final DataSet DIGITS = data(1_294, CLASSES, 1, 8, 8);
  private static final DataSet TABLE = data(5_000, CLASSES, 13);

  private record Blank(int size, List<Long> inputShape, List<Long> targetShape)
      implements Examples {
    @Override
    public void input(int index, float[] into, int offset) {}

    @Override
    public void target(int index, float[] into, int offset) {}

    @Override
    public String identity(int index) {
      return "";
    }
  }

  private static DataSet data(int size, Task task, long... shape) {
    var boxed = Arrays.stream(shape).boxed().toList();
    var examples = new Blank(size, boxed, List.of());
    return new DataSet(
        "blank", List.of(), task, List.of(), Normalisation.NONE, examples, examples, examples);
  }

  private static String model(DataSet data) {
    return Usual.model(data).toString();
  }

  @Test
  void modelsFitTheData() {
    assertThat(model(DIGITS)).isEqualTo("lenet-bn(width=32)");
    assertThat(model(data(60_000, CLASSES, 1, 28, 28))).isEqualTo("lenet-bn");
    assertThat(model(data(50_000, CLASSES, 3, 32, 32))).isEqualTo("resnet20");
    assertThat(model(TABLE)).isEqualTo("mlp");
    assertThat(model(data(900, new Task.NextToken(List.of("x", "y")), 64))).isEqualTo("char-lstm");
  }

  @Test
  void smallImagesAreMovedAPixel() {
    assertThat(Usual.augmentation(DIGITS)).hasToString("crop");
    assertThat(Usual.augmentation(data(9, CLASSES, 3, 32, 32))).hasToString("none");
    assertThat(Usual.augmentation(TABLE)).hasToString("none");
  }

  @Test
  void smallSetsAreVisitedMoreOftenInSmallerBatches() {
    assertThat(Usual.epochs(DIGITS)).isEqualTo(40);
    assertThat(Usual.batch(DIGITS)).isEqualTo(32);
    assertThat(Usual.epochs(TABLE)).isEqualTo(20);
    assertThat(Usual.batch(TABLE)).isEqualTo(64);
  }

  @Test
  void networksForImagesLearnFaster() {
    assertThat(Usual.learningRate(Rules.parse("adamp"), DIGITS)).isEqualTo(0.003);
    assertThat(Usual.learningRate(Rules.parse("adamp"), TABLE)).isEqualTo(0.001);
  }
}

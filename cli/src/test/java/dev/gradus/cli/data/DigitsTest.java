package dev.gradus.cli.data;

import static dev.gradus.cli.data.Fixture.identities;
import static dev.gradus.cli.data.Fixture.input;
import static dev.gradus.cli.data.Fixture.labels;
import static dev.gradus.cli.data.Fixture.options;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.gradus.djl.data.DataSet;
import dev.gradus.djl.data.Examples;
import dev.gradus.djl.data.Normalisation;
import dev.gradus.djl.data.Task;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class DigitsTest {
  private static final DataSet DIGITS = DataSets.open("digits", options(Path.of("absent")));

  @Test
  void hasTenClassesOfSmallImages() {
    assertThat(DIGITS.task())
        .isEqualTo(
            new Task.Classification(IntStream.range(0, 10).mapToObj(Integer::toString).toList()));
    assertThat(DIGITS.train().inputShape()).containsExactly(1L, 8L, 8L);
    assertThat(DIGITS.train().targetShape()).isEmpty();
  }

  @Test
  void splitsAsStated() {
    assertThat(DIGITS.statements().get(1))
        .isEqualTo(
            "test = the last 20 % of each class in file order;"
                + " validation = 10 % of each class of the rest, drawn with seed 0");
    assertThat(DIGITS.train().size()).isEqualTo(1293);
    assertThat(DIGITS.validation().size()).isEqualTo(145);
    assertThat(DIGITS.test().size()).isEqualTo(359);
    var all = new HashSet<>(identities(DIGITS.train()));
    all.addAll(identities(DIGITS.validation()));
    all.addAll(identities(DIGITS.test()));
    assertThat(all).hasSize(1797);
  }

  @Test
  void testsOnTheLastOfEachClass() {
    for (int digit = 0; digit < 10; digit++) {
      int firstTested = lines(DIGITS.test(), digit).min().orElseThrow();
      assertThat(lines(DIGITS.train(), digit)).allMatch(line -> line < firstTested);
      assertThat(lines(DIGITS.validation(), digit)).allMatch(line -> line < firstTested);
    }
  }

  @Test
  void normalisesByTheTrainingPart() {
    var measured = Normalisation.measuredOn(DIGITS.train());
    assertThat(measured.means().getFirst()).isCloseTo(0, within(1e-6));
    assertThat(measured.scales().getFirst()).isCloseTo(1, within(1e-6));
  }

  @Test
  void readsTheFirstDigit() {
    assertThat(DIGITS.train().identity(0)).isEqualTo("line 1");
    assertThat(labels(DIGITS.train())).startsWith(0, 1, 2, 3);
    var normalisation = DIGITS.normalisation();
    var pixels = input(DIGITS.train(), 0);
    var raw = List.of(0, 0, 5, 13, 9, 1, 0, 0, 0, 0, 13, 15, 10, 15, 5, 0);
    for (int pixel = 0; pixel < raw.size(); pixel++) {
      double value = pixels[pixel] * normalisation.scales().getFirst();
      assertThat(16 * (value + normalisation.means().getFirst()))
          .isCloseTo(raw.get(pixel), within(1e-5));
    }
  }

  @Test
  void anotherSplitSeedKeepsTheTestPart() {
    var other =
        DataSets.open(
            "digits", options(Path.of("absent")).withSplit(new SplitOptions(0.5, 0.1, 9)));
    assertThat(identities(other.test())).isEqualTo(identities(DIGITS.test()));
    assertThat(identities(other.validation())).isNotEqualTo(identities(DIGITS.validation()));
  }

  private static IntStream lines(Examples examples, int digit) {
    var labels = labels(examples);
    return IntStream.range(0, examples.size())
        .filter(index -> labels[index] == digit)
        .map(index -> Integer.parseInt(examples.identity(index).substring(5)));
  }
}

package dev.gradus.cli.data;

import static dev.gradus.cli.data.Fixture.labels;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.abort;

import dev.gradus.UserException;
import dev.gradus.djl.data.DataSet;
import dev.gradus.djl.data.Examples;
import dev.gradus.djl.data.Task;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;

/**
 * The published data sets, where they are on this machine; nothing is downloaded. Continuous
 * integration has Fashion-MNIST, which Debian packages, and must not go without it.
 */
class PublishedDataTest {

  @Test
  @EnabledIfEnvironmentVariable(named = "GRADUS_DATA", matches = ".+")
  void readsMnist() {
    var data = open("mnist");
    assertSizes(data, 54_000, 6_000, 10_000);
    assertThat(labels(data.test())).startsWith(7, 2, 1, 0, 4, 1, 4, 9, 5, 9);
    assertThat(data.normalisation().means().getFirst()).isCloseTo(0.1307, within(0.0005));
  }

  @Test
  void readsFashionMnist() {
    var data = open("fashion-mnist");
    assertSizes(data, 54_000, 6_000, 10_000);
    assertThat(((Task.Classification) data.task()).classes()).contains("Sneaker");
    assertThat(labels(data.test())).startsWith(9, 2, 1, 1, 6, 1, 4, 6, 5, 7);
    assertThat(data.normalisation().means().getFirst()).isCloseTo(0.2860, within(0.0005));
    assertThat(data.normalisation().scales().getFirst()).isCloseTo(0.3530, within(0.0005));
  }

  @Test
  @EnabledIfEnvironmentVariable(named = "GRADUS_DATA", matches = ".+")
  void readsCifar10() {
    var data = open("cifar10");
    assertSizes(data, 45_000, 5_000, 10_000);
    var classes = ((Task.Classification) data.task()).classes();
    assertThat(classes).startsWith("airplane", "automobile").endsWith("ship", "truck");
    for (int number = 0; number < 10; number++) {
      assertThat(count(data.train(), number)).isEqualTo(4500);
      assertThat(count(data.test(), number)).isEqualTo(1000);
    }
    assertThat(data.normalisation().means().get(0)).isCloseTo(0.4914, within(0.001));
    assertThat(data.normalisation().means().get(2)).isCloseTo(0.4465, within(0.001));
  }

  private static long count(Examples examples, int label) {
    return IntStream.of(labels(examples)).filter(other -> other == label).count();
  }

  private static void assertSizes(DataSet data, int train, int validation, int test) {
    assertThat(data.train().size()).isEqualTo(train);
    assertThat(data.validation().size()).isEqualTo(validation);
    assertThat(data.test().size()).isEqualTo(test);
  }

  private static DataSet open(String name) {
    var usual = DataOptions.usual(LoadListener.SILENT);
    try {
      return DataSets.open(name, usual.withPlaces(usual.places().withoutNetwork()));
    } catch (UserException told) {
      if (System.getenv("CI") == null
          && String.valueOf(told.getMessage()).endsWith("downloads are switched off.")) {
        return abort(told.getMessage() + " Set GRADUS_DATA.");
      }
      throw told;
    }
  }
}

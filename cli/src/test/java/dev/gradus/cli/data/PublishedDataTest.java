package dev.gradus.cli.data;

import static dev.gradus.cli.data.Fixture.labels;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.gradus.UserException;
import dev.gradus.djl.data.DataSet;
import dev.gradus.djl.data.Examples;
import dev.gradus.djl.data.Task;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * The published data sets that are on this machine; nothing is downloaded. Continuous integration
 * has Fashion-MNIST, which Debian packages, and must not go without it.
 */
class PublishedDataTest {
  private static final Map<String, Consumer<DataSet>> CHECKS =
      Map.of(
          "mnist", PublishedDataTest::isMnist,
          "fashion-mnist", PublishedDataTest::isFashionMnist,
          "cifar10", PublishedDataTest::isCifar10);

  private static final DataOptions OPTIONS = withoutNetwork();

  private static DataOptions withoutNetwork() {
    var usual = DataOptions.usual(LoadListener.SILENT);
    return usual.withPlaces(usual.places().withoutNetwork());
  }

  @TestFactory
  Stream<DynamicTest> readsWhatIsHere() {
    return CHECKS.entrySet().stream()
        .flatMap(
            check ->
                find(check.getKey()).stream()
                    .map(data -> dynamicTest(data.name(), () -> check.getValue().accept(data))));
  }

  @Test
  void findsFashionMnist() {
    boolean here = find("fashion-mnist").isPresent();
    assumeTrue(
        here || System.getenv("CI") != null,
        "Fashion-MNIST is not here; install Debian's dataset-fashion-mnist or set GRADUS_DATA.");
    assertThat(here).isTrue();
  }

  private static Optional<DataSet> find(String name) {
    try {
      return Optional.of(DataSets.open(name, OPTIONS));
    } catch (UserException told) {
      if (String.valueOf(told.getMessage()).endsWith("downloads are switched off.")) {
        return Optional.empty();
      }
      throw told;
    }
  }

  private static void isMnist(DataSet data) {
    assertSizes(data, 54_000, 6_000, 10_000);
    assertThat(labels(data.test())).startsWith(7, 2, 1, 0, 4, 1, 4, 9, 5, 9);
    assertThat(data.normalisation().means().getFirst()).isCloseTo(0.1307, within(0.0005));
  }

  private static void isFashionMnist(DataSet data) {
    assertSizes(data, 54_000, 6_000, 10_000);
    assertThat(((Task.Classification) data.task()).classes()).contains("Sneaker");
    assertThat(labels(data.test())).startsWith(9, 2, 1, 1, 6, 1, 4, 6, 5, 7);
    assertThat(data.normalisation().means().getFirst()).isCloseTo(0.2860, within(0.0005));
    assertThat(data.normalisation().scales().getFirst()).isCloseTo(0.3530, within(0.0005));
  }

  private static void isCifar10(DataSet data) {
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
}

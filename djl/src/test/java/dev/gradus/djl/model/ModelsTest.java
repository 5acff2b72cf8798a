package dev.gradus.djl.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Parameter;
import dev.gradus.UserException;
import dev.gradus.djl.Network;
import dev.gradus.djl.data.Task;
import dev.gradus.text.RecordType;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ModelsTest {
  private static final Task CLASSES = new Task.Classification(Collections.nCopies(7, "class"));
  private static final Task NUMBERS =
      new Task.Regression(List.of("x", "y"), List.of(0.0, 0.0), List.of(1.0, 1.0));
  private static final Task TEXT = new Task.NextToken(Collections.nCopies(11, "a"));

  @ParameterizedTest
  @CsvSource({
    "mlp, 1, 8",
    "plain-mlp, 1, 8",
    "mlp, 3, 32",
    "lenet-bn, 1, 8",
    "lenet-bn, 1, 28",
    "lenet-bn, 3, 32",
    "lenet-bn, 1, 1",
    "resnet20, 1, 8",
    "resnet20, 3, 32",
    "vgg-bn, 1, 8",
    "vgg-bn, 3, 32"
  })
  void fitsImagesOfAnySize(String name, long channels, long side) {
    var image = List.of(channels, side, side);
    assertThat(outputShape(name, image, CLASSES)).isEqualTo(new Shape(4, 7));
    assertThat(outputShape(name, image, NUMBERS)).isEqualTo(new Shape(4, 2));
  }

  @Test
  void mlpFitsTableRows() {
    assertThat(outputShape("mlp", List.of(13L), NUMBERS)).isEqualTo(new Shape(4, 2));
    assertThat(outputShape("mlp(layers=0)", List.of(13L), CLASSES)).isEqualTo(new Shape(4, 7));
  }

  @Test
  void lstmAnswersAtEveryPosition() {
    assertThat(outputShape("char-lstm(width=8)", List.of(5L), TEXT)).isEqualTo(new Shape(4, 5, 11));
  }

  private static Shape outputShape(String name, List<Long> inputShape, Task task) {
    try (var network = Models.of(name).network(inputShape, task);
        var manager = NDManager.newBaseManager()) {
      network.initialise(inputShape, 0);
      var input = manager.zeros(new Shape(4).addAll(new Shape(inputShape)), DataType.FLOAT32);
      return network.forward(input, false).getShape();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"mlp", "lenet-bn", "resnet20", "vgg-bn"})
  void namesTheWeightsThatFeedANormalisation(String name) {
    try (var network = Models.of(name).network(List.of(1L, 8L, 8L), CLASSES)) {
      network.initialise(List.of(1L, 8L, 8L), 0);
      assertThat(network.parameterNames()).containsAll(network.normalised());
      assertThat(network.normalised()).hasSize(count(network, Parameter.Type.GAMMA));
      assertThat(network.normalised()).hasSize(count(network, Parameter.Type.WEIGHT) - 1);
      assertThat(network.normalised()).doesNotContain("output.weight");
    }
  }

  private static int count(Network network, Parameter.Type type) {
    return (int)
        network.block().getParameters().values().stream()
            .filter(parameter -> parameter.getType() == type)
            .count();
  }

  @Test
  void parametersHaveReadableNames() {
    try (var network = Models.of("resnet20").network(List.of(3L, 32L, 32L), CLASSES)) {
      assertThat(network.parameterNames())
          .contains(
              "stem.weight",
              "stage1.block1.body.convolution1.weight",
              "stage2.block1.shortcut.convolution.weight",
              "stage3.block3.body.convolution2Norm.runningVar",
              "output.bias");
    }
  }

  @Test
  void resnet20HasThePublishedNumberOfWeights() {
    var task = new Task.Classification(Collections.nCopies(10, "class"));
    try (var network = Models.of("resnet20").network(List.of(3L, 32L, 32L), task)) {
      network.initialise(List.of(3L, 32L, 32L), 0);
      long weights =
          network.block().getParameters().values().stream()
              .filter(Parameter::requiresGradient)
              .mapToLong(parameter -> parameter.getShape().size())
              .sum();
      assertThat(weights).isEqualTo(272_474);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "mlp(width=64)",
        "plain-mlp(layers=10, activation=tanh)",
        "lenet-bn(dropout=0.1)",
        "resnet20(8)",
        "char-lstm"
      })
  void printsTheTextItIsReadFrom(String text) {
    assertThat(Models.of(text)).hasToString(text);
  }

  @Test
  void everyModelIsInTheCatalogue() {
    assertThat(Models.types().stream().map(RecordType::name))
        .containsExactly(
            "mlp", "plain-mlp", "lenet-bn", "resnet20", "vgg-bn", "char-lstm", "factorised");
  }

  @Test
  void suggestsTheNearestName() {
    assertThatThrownBy(() -> Models.of("resnet18"))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("Unknown model 'resnet18'")
        .hasMessageContaining("did you mean 'resnet20'?");
    assertThatThrownBy(() -> Models.of("mlp(dropout=1)"))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("Option dropout of 'mlp' is 1, but must lie in [0, 1)");
  }

  @Test
  void refusesInputsItCannotTake() {
    assertThatThrownBy(() -> Models.of("lenet-bn").network(List.of(13L), CLASSES))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("lenet-bn takes images")
        .hasMessageContaining("choose mlp");
    assertThatThrownBy(() -> Models.of("mlp").network(List.of(5L), TEXT))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("choose char-lstm");
    assertThatThrownBy(() -> Models.of("char-lstm").network(List.of(13L), CLASSES))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("learns text only");
  }
}

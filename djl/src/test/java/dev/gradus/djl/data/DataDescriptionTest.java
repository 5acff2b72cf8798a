package dev.gradus.djl.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gradus.UserException;
import java.util.HashMap;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class DataDescriptionTest {

  static Stream<DataDescription> descriptions() {
    return Stream.of(
        new DataDescription(
            List.of(3L, 32L, 32L),
            List.of(),
            new Normalisation(List.of(0.1, 1.0 / 3, -2e-300), List.of(1.0, 0.7, 5e300)),
            new Task.Classification(List.of("cat, dog", "\n", "", "ä"))),
        new DataDescription(
            List.of(2L),
            List.of("age", "income.0"),
            new Normalisation(List.of(40.0, 1e5), List.of(12.5, 3e4)),
            new Task.Regression(List.of("price"), List.of(1e6), List.of(0.1))),
        new DataDescription(
            List.of(64L), List.of(), Normalisation.NONE, new Task.NextToken(List.of("a", "😀"))));
  }

  @ParameterizedTest
  @MethodSource("descriptions")
  void comesBackFromItsTexts(DataDescription description) {
    assertThat(DataDescription.of(description.texts())).isEqualTo(description);
  }

  @ParameterizedTest
  @MethodSource("descriptions")
  void isRefusedWhenATextIsMissing(DataDescription description) {
    for (String key : List.of("task", "inputShape")) {
      var texts = new HashMap<>(description.texts());
      texts.remove(key);
      assertThatThrownBy(() -> DataDescription.of(texts)).isInstanceOf(UserException.class);
    }
  }

  @Test
  void leavesClassWeightsOut() {
    var weighted = new Task.Classification(List.of("a", "b"), List.of(1.0, 3.0));
    var description = new DataDescription(List.of(1L), List.of("x"), Normalisation.NONE, weighted);
    assertThat(DataDescription.of(description.texts()).task())
        .isEqualTo(new Task.Classification(List.of("a", "b")));
  }
}

package dev.gradus.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NetworksTest {
  @ParameterizedTest
  @CsvSource({
    "resnet50, 161, 25557032",
    "mobilenet, 158, 3504872",
    "lenet, 11, 29178",
    "4M, 1, 4000000",
    "512x128, 1, 65536"
  })
  void haveTheTensorsAndWeightsOfTheOriginals(String name, int tensors, long weights) {
    var parameters = Networks.named(name);
    assertThat(parameters).hasSize(tensors);
    assertThat(parameters.stream().mapToLong(p -> p.shape().size()).sum()).isEqualTo(weights);
  }

  @Test
  void refusesOtherNames() {
    assertThatThrownBy(() -> Networks.named("resnet5")).hasMessageContaining("'resnet5'");
  }
}

package dev.gradus.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gradus.Parameter;
import dev.gradus.ParameterType;
import dev.gradus.equation.Shape;
import dev.gradus.exchange.Traffic.Packed;
import java.util.List;
import org.junit.jupiter.api.Test;

class TrafficTest {
  private static Packed packed(String name, long bytes) {
    return new Packed(new Parameter(name, Shape.of(10, 10), ParameterType.WEIGHT), bytes);
  }

  @Test
  void aParameterThatNeverHadAGradientIsNotCalledCompressed() {
    var traffic = new Traffic(2, 0, 0, 200, List.of(packed("used", 200), packed("unused", 0)));
    assertThat(traffic.compressions()).containsOnlyKeys("used").containsEntry("used", 4.0);
    assertThat(traffic.compression()).isEqualTo(4);
  }

  @Test
  void nothingIsCompressedBeforeTheFirstStep() {
    var traffic = new Traffic(0, 0, 0, 0, List.of(packed("used", 0)));
    assertThat(traffic.compressions()).isEmpty();
    assertThat(traffic.compression()).isEqualTo(1);
    assertThat(traffic.bytesPerStep()).isZero();
  }
}

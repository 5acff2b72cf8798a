package dev.gradus.djl.instance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.gradus.safetensors.Tensor;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The small network against differences of itself. */
class WeightNetTest {
  private static final float STEP = 1e-2f;
  private static final int HIDDEN = 4;

  private static WeightNet net(float[] numbers) {
    var net = new WeightNet("net", HIDDEN);
    var saved = Tensor.of("net", net.tensor().shape(), numbers);
    net.restore(Map.of("net", saved));
    return net;
  }

  private static float[] numbers() {
    var random = new Random(3);
    var numbers = new WeightNet("net", HIDDEN).tensor().floats();
    for (int index = 0; index < numbers.length; index++) {
      numbers[index] += 0.3f * (float) random.nextGaussian();
    }
    return numbers;
  }

  @Test
  void everyWeightBeginsAtOneHalf() {
    var net = new WeightNet("net", HIDDEN);
    assertThat(net.weight(0)).isEqualTo(0.5);
    assertThat(net.weight(50)).isEqualTo(0.5);
  }

  @ParameterizedTest
  @ValueSource(doubles = {0.05, 1.7, 4.4, 7.9})
  void derivativesAreSlopes(double loss) {
    var found = new double[3 * HIDDEN + 1];
    net(numbers()).addDerivatives(loss, 2, found);
    for (int index = 0; index < found.length; index++) {
      double slope = (moved(index, STEP, loss) - moved(index, -STEP, loss)) / (2 * STEP);
      assertThat(found[index]).as("number %d", index).isCloseTo(2 * slope, within(1e-3));
    }
  }

  private static double moved(int index, float by, double loss) {
    float[] numbers = numbers();
    numbers[index] += by;
    return net(numbers).weight(loss);
  }

  @Test
  void noLossThrowsTheNetworkOff() {
    var net = net(numbers());
    assertThat(net.weight(1e30)).isCloseTo(net.weight(1e3), within(1e-2));
  }
}

package dev.gradus.djl;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gradus.djl.data.WrongLabels;
import dev.gradus.djl.data.WrongLabels.How;
import dev.gradus.djl.instance.InstanceMethods;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What weights of losses learn from inner products. */
class LossWeightingTest {
  private static final float[] LOSSES = {0.2f, 0.3f, 5, 6};

  @TempDir Path folder;

  private static Batch batch() {
    var numbers = MemorySegment.ofArray(new float[4]);
    return new Batch(new int[] {3, 1, 2, 0}, numbers, numbers);
  }

  private static float[] weights(InstanceMethod.Running method) {
    float[] weights = {1, 1, 1, 1};
    method.weigh(batch(), LOSSES, weights);
    return weights;
  }

  private static void step(InstanceMethod.Running method, double... products) {
    method.before(batch(), Answering.of(products));
    weights(method);
    method.after(batch(), Answering.of(products));
  }

  @Test
  void lossesThatHelpGainWeight() {
    var method = InstanceMethods.parse("loss-weighting(metaRate=2)").start(Tiny.data());
    assertThat(weights(method)).containsOnly(0.5f);
    for (int step = 0; step < 20; step++) {
      step(method, 1, 1, -1, -1);
    }
    float[] helpful = weights(method);
    assertThat(helpful[0]).isGreaterThan(0.7f).isLessThan(1);
    assertThat(helpful[3]).isLessThan(0.1f).isGreaterThan(0);
  }

  @Test
  void productsThatAreNotFiniteTeachNothing() {
    var method = InstanceMethods.parse("loss-weighting").start(Tiny.data());
    step(method, Double.NaN, Double.POSITIVE_INFINITY, Double.NaN, Double.NaN);
    assertThat(weights(method)).containsOnly(0.5f);
    step(method, Double.NaN, Double.POSITIVE_INFINITY, -2, Double.NaN);
    assertThat(weights(method)[2]).isLessThan(0.5f);
  }

  @Test
  void ofWrongLabelsLargeLossesLoseTheirWeight() throws IOException {
    var noisy =
        new WrongLabels(Tiny.images(300, 11), 3, new WrongLabels.Settings(0.4, How.UNIFORM), 5);
    try (var network = Tiny.plain()) {
      Tiny.training(network, Tiny.data(noisy))
          .instances(InstanceMethods.parse("loss-weighting"), Tiny.images(60, 12))
          .epochs(8)
          .checkpoints(Checkpoints.in(folder))
          .run();
    }
    var method = InstanceMethods.parse("loss-weighting").start(Tiny.data());
    var name = method.state().getFirst().name();
    var learned = Tiny.newest(folder).getOrDefault(name, new float[0]);
    method.state().getFirst().data().copyFrom(MemorySegment.ofArray(learned));
    float[] weights = weights(method);
    assertThat(weights[0]).isGreaterThan(weights[3] + 0.2f);
  }
}

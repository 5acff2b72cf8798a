package dev.gradus.djl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import dev.gradus.UserException;
import dev.gradus.djl.data.Examples;
import dev.gradus.djl.data.WrongLabels;
import dev.gradus.djl.data.WrongLabels.How;
import dev.gradus.djl.instance.InstanceMethods;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Temperatures against PyTorch's automatic differentiation, and what they learn. */
class DataParametersTest {
  private static final float[] TARGETS = {2, 0, 2};
  private static final float[] OUTPUTS = {0.3f, -1.2f, 2.1f, 0.7f, 0.6f, -0.4f, 1.5f, 1.1f, -2};

  @TempDir Path folder;

  private static Batch batch() {
    var targets = MemorySegment.ofArray(TARGETS);
    return new Batch(new int[] {3, 1, 0}, MemorySegment.ofArray(new float[3]), targets);
  }

  private static InstanceMethod.Running method(String text) {
    return InstanceMethods.parse(text).start(Tiny.data());
  }

  private static float[] step(NDManager manager, InstanceMethod.Running method, boolean made) {
    NDArray outputs = manager.create(OUTPUTS, new Shape(3, 3));
    float[] seen = method.outputs(batch(), outputs).toFloatArray();
    method.weigh(batch(), new float[3], new float[] {1, 1, 1});
    method.stepped(batch(), made);
    return seen;
  }

  /** The derivatives of the mean cross entropy by ln σᵢ and by ln σ_c where σ* = σ_c + σᵢ. */
  private static List<float[]> byAutograd(NDManager manager, float ofInstance, float ofClass) {
    try (var collector = Engine.getInstance().newGradientCollector()) {
      var own = manager.full(new Shape(3), (float) Math.log(ofInstance));
      var ofClasses = manager.full(new Shape(3), (float) Math.log(ofClass));
      own.setRequiresGradient(true);
      ofClasses.setRequiresGradient(true);
      var targets = manager.create(TARGETS);
      var temperature = own.exp().add(ofClasses.exp().get(targets.toType(DataType.INT64, false)));
      var outputs = manager.create(OUTPUTS, new Shape(3, 3)).div(temperature.reshape(3, 1));
      collector.backward(new Loss.CrossEntropy().ofEach(outputs, targets).mean());
      return List.of(own.getGradient().toFloatArray(), ofClasses.getGradient().toFloatArray());
    }
  }

  private static float[] numbers(InstanceMethod.Running method, String name) {
    return method.state().stream()
        .filter(tensor -> tensor.name().equals(name))
        .findFirst()
        .orElseThrow()
        .floats();
  }

  @Test
  void temperaturesFollowTheDerivativesOfAutograd() {
    try (var manager = NDManager.newBaseManager()) {
      var method =
          method("data-parameters(per=both, instanceRate=0.5, classRate=0.25, largest=2000)");
      var derivatives = byAutograd(manager, 1e-3f, 1);
      float[] seen = step(manager, method, true);
      assertThat(seen[0]).isCloseTo(OUTPUTS[0] / 1.001f, within(1e-6f));
      float start = (float) Math.log(1e-3);
      float[] own = numbers(method, "instances/temperatures");
      float[] ofClasses = numbers(method, "instances/class-temperatures");
      for (int place = 0; place < 3; place++) {
        float moved = start - 0.5f * derivatives.getFirst()[place];
        assertThat(own[batch().index(place)]).isCloseTo(moved, within(1e-6f));
        float expected = -0.25f * derivatives.getLast()[place];
        assertThat(ofClasses[place]).isCloseTo(expected, within(1e-6f));
      }
      assertThat(ofClasses[1]).isZero();
      assertThat(own[4]).isEqualTo(start);
    }
  }

  /** ½ decay × s² for every instance of the batch: class 2 twice. */
  @Test
  void decayCountsEveryInstanceOfTheBatch() {
    try (var manager = NDManager.newBaseManager()) {
      String text = "data-parameters(per=class, classRate=0.5, momentum=0, largest=1e9";
      var plain = method(text + ")");
      var decayed = method(text + ", classDecay=0.125)");
      step(manager, plain, true);
      step(manager, decayed, true);
      float[] before = numbers(plain, "instances/class-temperatures");
      assertThat(numbers(decayed, "instances/class-temperatures")).isEqualTo(before);
      step(manager, plain, true);
      step(manager, decayed, true);
      float[] withoutDecay = numbers(plain, "instances/class-temperatures");
      float[] withDecay = numbers(decayed, "instances/class-temperatures");
      assertThat(withoutDecay[0] - withDecay[0])
          .isCloseTo(0.5f * 0.125f * before[0], within(1e-6f));
      assertThat(withoutDecay[2] - withDecay[2])
          .isCloseTo(0.5f * 0.125f * 2 * before[2], within(1e-6f));
    }
  }

  @Test
  void aStepThatWasNotMadeTeachesNothing() {
    try (var manager = NDManager.newBaseManager()) {
      var method = method("data-parameters");
      step(manager, method, false);
      assertThat(numbers(method, "instances/temperatures")).containsOnly(0);
      var other = method("data-parameters");
      step(manager, method, true);
      step(manager, other, true);
      assertThat(numbers(method, "instances/temperatures"))
          .isEqualTo(numbers(other, "instances/temperatures"));
    }
  }

  @Test
  void wrongLabelsGrowHot() throws IOException {
    Examples truth = Tiny.images(300, 11);
    var noisy = new WrongLabels(truth, 3, new WrongLabels.Settings(0.4, How.UNIFORM), 5);
    try (var network = Tiny.network()) {
      Tiny.training(network, Tiny.data(noisy))
          .instances(
              InstanceMethods.parse("data-parameters(instanceRate=2)"), noisy.subset(new int[0]))
          .epochs(6)
          .checkpoints(Checkpoints.in(folder))
          .run();
    }
    float[] found = Tiny.newest(folder).getOrDefault("instances/temperatures", new float[0]);
    assertThat(mean(found, noisy, true)).isGreaterThan(mean(found, noisy, false) + 0.3);
  }

  private static double mean(float[] found, WrongLabels labels, boolean wrong) {
    return IntStream.range(0, found.length)
        .filter(index -> labels.isWrong(index) == wrong)
        .mapToDouble(index -> found[index])
        .average()
        .orElseThrow();
  }

  @Test
  void anotherLossIsRefused() {
    try (var network = Tiny.network()) {
      var data = Tiny.data();
      var training =
          Tiny.training(network, data)
              .loss(new Loss.SquaredError())
              .instances(InstanceMethods.parse("data-parameters"), data.train());
      assertThatThrownBy(training::run)
          .isInstanceOf(UserException.class)
          .hasMessage(
              "data-parameters needs the loss cross-entropy, but the run has squared-error; take"
                  + " another method.");
    }
  }
}

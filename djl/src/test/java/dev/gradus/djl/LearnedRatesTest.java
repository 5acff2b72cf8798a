package dev.gradus.djl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gradus.UserException;
import dev.gradus.djl.data.DataSet;
import dev.gradus.djl.data.Task;
import dev.gradus.djl.instance.InstanceMethods;
import dev.gradus.safetensors.Tensor;
import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What rates of instances and classes make of given inner products. */
class LearnedRatesTest {
  private static final double NO_NUMBER = Double.NaN;

  /** Instances 3 and 1 of class 2, instances 0 and 4 of class 0. */
  private static Batch batch() {
    var targets = MemorySegment.ofArray(new float[] {2, 2, 0, 0});
    return new Batch(new int[] {3, 1, 0, 4}, MemorySegment.ofArray(new float[4]), targets);
  }

  private static InstanceMethod.Running method(String text) {
    return InstanceMethods.parse(text).start(Tiny.data());
  }

  private static float[] weights(InstanceMethod.Running method) {
    float[] weights = {1, 1, 1, 1};
    method.weigh(batch(), new float[4], weights);
    return weights;
  }

  @Test
  void instancesLearnTheirOwnAndSkipWhatIsNotFinite() {
    var method = method("rates(metaRate=0.5, every=1, scale=none)");
    method.after(batch(), Answering.of(1, -0.5, NO_NUMBER, 8));
    assertThat(weights(method)).containsExactly(1.5f, 0.75f, 1, 2);
  }

  @Test
  void aClassLearnsTheMeanOfWhatIsFinite() {
    var method = method("rates(metaRate=0.5, per=class, every=1, scale=none)");
    method.after(batch(), Answering.of(1, -0.5, NO_NUMBER, -4));
    assertThat(weights(method)).containsExactly(1.125f, 1.125f, 0, 0);
    assertThat(method.state())
        .singleElement()
        .satisfies(
            rates -> {
              assertThat(rates.name()).isEqualTo("instances/class-rates");
              assertThat(rates.floats()).containsExactly(0, 1, 1.125f);
            });
  }

  /** d(aᵢ × a_c × pᵢ)/daᵢ = a_c × pᵢ, and by a_c it is aᵢ × pᵢ. */
  @Test
  void ofBothEachLearnsAsMuchAsTheOtherCounts() {
    var method = method("rates(metaRate=0.25, per=both, every=1, scale=none)");
    method.after(batch(), Answering.of(1, -2, 0, 0));
    assertThat(weights(method)).containsExactly(1.25f * 0.875f, 0.5f * 0.875f, 1, 1);
    method.after(batch(), Answering.of(1, 1, 0, 0));
    double own = 1.25 + 0.25 * 0.875;
    double ofClass = 0.875 + 0.25 * (1.25 + 0.5) / 2;
    assertThat(weights(method)[0]).isEqualTo((float) own * (float) ofClass);
    assertThat(method.state().stream().map(Tensor::name))
        .containsExactly("instances/rates", "instances/class-rates");
  }

  @Test
  void productsThatAreNotFiniteAreToldOfOnce() {
    for (String text : List.of("rates", "reweight", "loss-weighting")) {
      var method = method(text);
      var probe = Answering.of(NO_NUMBER, 1, Double.NEGATIVE_INFINITY, 1);
      assertThat(remarks(method, probe))
          .as(text)
          .containsExactly(
              "2 of 4 inner products of step 1 are not finite and left out; lower the learning rate"
                  + " if the loss grows too.");
      assertThat(remarks(method, probe)).isEmpty();
    }
  }

  private static List<String> remarks(InstanceMethod.Running method, Probe probe) {
    method.before(batch(), probe);
    weights(method);
    method.after(batch(), probe);
    return method.remarks();
  }

  @Test
  void aBatchThatTeachesNothingIsToldOfOnce() {
    var rates = method("rates(metaRate=9, every=1)");
    var against = Answering.of(-1, -1, -1, -1);
    assertThat(remarks(rates, against)).isEmpty();
    assertThat(weights(rates)).containsOnly(0);
    assertThat(remarks(rates, against))
        .containsExactly(
            "In step 1 all learned rates are 0, so its batch of 4 teaches nothing; if learning"
                + " stands still, look whether the trusted labels are right.");
    assertThat(remarks(rates, against)).isEmpty();
    assertThat(remarks(method("reweight"), against))
        .containsExactly(
            "In step 1 no example helps the trusted ones, so its batch of 4 teaches nothing; if"
                + " learning stands still, look whether the trusted labels are right.");
  }

  @Test
  void classesAreNeededForTheirRates() {
    var numbers = Tiny.data();
    var data =
        new DataSet(
            "numbers",
            List.of(),
            new Task.Regression(List.of("y"), List.of(0.0), List.of(1.0)),
            List.of(),
            numbers.normalisation(),
            numbers.train(),
            numbers.validation(),
            numbers.test());
    assertThatThrownBy(() -> InstanceMethods.parse("rates(per=class)").start(data))
        .isInstanceOf(UserException.class)
        .hasMessage(
            "Rates per class are for data with classes, not for 'numbers'; learn one per"
                + " instance.");
  }

  @ParameterizedTest
  @ValueSource(floats = {Float.NaN, Float.POSITIVE_INFINITY, -0.5f})
  void aSavedRateThatIsImpossibleIsRefused(float value) {
    var method = method("rates(per=class)");
    var saved = Tensor.of("instances/class-rates", List.of(3L), 1, value, 1);
    assertThatThrownBy(() -> method.restore(Map.of(saved.name(), saved)))
        .isInstanceOf(UserException.class)
        .hasMessage(
            "Number 1 of 'instances/class-rates' in the checkpoint is "
                + value
                + ", which can't be; go on from an older checkpoint, or begin a new run.");
    assertThat(weights(method)).containsExactly(1, 1, 1, 1);
  }
}

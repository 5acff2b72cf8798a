package dev.gradus.djl.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

class NormalisationTest {
  private static final Examples RAW = new Numbered(3, List.of(2L, 2L, 2L));

  @Test
  void measuresEveryChannel() {
    var measured = Normalisation.measuredOn(RAW);
    assertThat(measured.means()).containsExactly(10.0, 11.0);
    assertThat(measured.scales())
        .allSatisfy(scale -> assertThat(scale).isCloseTo(Math.sqrt(200.0 / 3), within(1e-12)));
  }

  @Test
  void bringsInputsToMeanZeroAndDeviationOne() {
    var again = Normalisation.measuredOn(Normalisation.measuredOn(RAW).over(RAW));
    assertThat(again.means()).allSatisfy(mean -> assertThat(mean).isCloseTo(0, within(1e-7)));
    assertThat(again.scales()).allSatisfy(scale -> assertThat(scale).isCloseTo(1, within(1e-7)));
  }

  @Test
  void keepsItsDigitsFarFromZero() {
    var far = new Normalisation(List.of(-1e6, -1e6), List.of(1.0, 1.0)).over(RAW);
    assertThat(Normalisation.measuredOn(far).scales().getFirst())
        .isCloseTo(Math.sqrt(200.0 / 3), within(1e-9));
  }

  @Test
  void leavesAConstantChannelAtZero() {
    var constant = RAW.subset(new int[] {1, 1});
    var measured = Normalisation.measuredOn(constant);
    assertThat(measured.scales()).containsExactly(1.0, 1.0);
    assertThat(read(measured.over(constant), 0)).containsOnly(0);
  }

  @Test
  void writesAtTheOffset() {
    var into = new float[10];
    new Normalisation(List.of(10.0, 10.0), List.of(2.0, 2.0)).over(RAW).input(2, into, 1);
    assertThat(into).containsExactly(0, 5, 5, 5, 5, 5.5f, 5.5f, 5.5f, 5.5f, 0);
  }

  @Test
  void keepsEverythingElse() {
    var view = Normalisation.measuredOn(RAW).over(RAW);
    var target = new float[1];
    view.target(2, target, 0);
    assertThat(target).containsExactly(2);
    assertThat(view.identity(1)).isEqualTo("number 1");
    assertThat(view.size()).isEqualTo(3);
    assertThat(view.inputShape()).isEqualTo(RAW.inputShape());
    assertThat(view.targetShape()).isEmpty();
    assertThat(Normalisation.NONE.over(RAW)).isSameAs(RAW);
  }

  @Test
  void refusesOtherChannels() {
    var one = new Normalisation(List.of(1.0), List.of(1.0));
    assertThatThrownBy(() -> one.over(RAW)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Normalisation(List.of(1.0), List.of()))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static float[] read(Examples examples, int index) {
    var into = new float[examples.inputLength()];
    examples.input(index, into, 0);
    return into;
  }
}

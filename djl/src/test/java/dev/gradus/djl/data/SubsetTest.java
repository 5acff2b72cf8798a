package dev.gradus.djl.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class SubsetTest {
  private static final Examples ALL = new Numbered(10, List.of(1L));

  @Test
  void readsThroughItsIndices() {
    var view = ALL.subset(new int[] {7, 2, 7}).subset(new int[] {2, 1});
    var numbers = new float[4];
    view.input(0, numbers, 0);
    view.target(0, numbers, 1);
    view.input(1, numbers, 2);
    view.target(1, numbers, 3);
    assertThat(numbers).containsExactly(70, 1, 20, 2);
    assertThat(view.size()).isEqualTo(2);
    assertThat(view.identity(0)).isEqualTo("number 7");
    assertThat(view.inputLength()).isEqualTo(1);
    assertThat(view.targetLength()).isEqualTo(1);
  }

  @Test
  void copiesTheIndices() {
    var indices = new int[] {3};
    var view = ALL.subset(indices);
    indices[0] = 9;
    assertThat(view.identity(0)).isEqualTo("number 3");
  }

  @Test
  void refusesAnIndexOutside() {
    assertThatThrownBy(() -> ALL.subset(new int[] {10}))
        .isInstanceOf(IndexOutOfBoundsException.class);
    assertThatThrownBy(() -> ALL.subset(new int[] {-1}))
        .isInstanceOf(IndexOutOfBoundsException.class);
  }
}

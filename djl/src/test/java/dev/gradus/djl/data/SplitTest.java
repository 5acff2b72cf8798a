package dev.gradus.djl.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gradus.djl.data.Split.Draw;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SplitTest {
  /** 110 examples of class 0 and 50 of class 1. */
  private static final int[] CLASSES =
      IntStream.range(0, 160).map(index -> index % 3 < 2 && index < 150 ? index % 3 : 0).toArray();

  @Test
  void takesTheLastOfEachClass() {
    var split = Split.of(new int[] {0, 1, 0, 1, 0, 1, 0, 1, 0, 0}, new Draw.Last(0.25), none());
    assertThat(split.test()).containsExactly(7, 8, 9);
    assertThat(split.train()).containsExactly(0, 1, 2, 3, 4, 5, 6);
    assertThat(split.validation()).isEmpty();
  }

  @Test
  void sharesNothingAndLosesNothing() {
    var split = Split.of(CLASSES, new Draw.Last(0.2), new Draw.Seeded(0.1, 0));
    var all = IntStream.concat(Arrays.stream(split.train()), Arrays.stream(split.validation()));
    assertThat(IntStream.concat(all, Arrays.stream(split.test())).sorted().toArray())
        .containsExactly(IntStream.range(0, CLASSES.length).toArray());
    assertThat(split.train()).isSorted();
    assertThat(split.validation()).isSorted();
    assertThat(split.test()).isSorted();
  }

  @Test
  void drawsTheSamePartOfEachClass() {
    var split = Split.of(CLASSES, none(), new Draw.Seeded(0.1, 0));
    assertThat(ofClass(split.validation(), 0)).isEqualTo(11);
    assertThat(ofClass(split.validation(), 1)).isEqualTo(5);
  }

  @Test
  void drawsByTheSeedAlone() {
    var draw = new Draw.Seeded(0.1, 0);
    assertThat(Split.of(CLASSES, none(), draw).validation())
        .isEqualTo(Split.of(CLASSES, none(), draw).validation())
        .isNotEqualTo(Split.of(CLASSES, none(), new Draw.Seeded(0.1, 1)).validation());
  }

  @Test
  void drawsTheDocumentedExamples() {
    var shuffled = new DataOrder(10, 5).epoch(0);
    var split = Split.of(10, none(), new Draw.Seeded(0.3, 5));
    assertThat(split.validation()).containsExactlyInAnyOrder(Arrays.copyOfRange(shuffled, 7, 10));
  }

  @Test
  void leavesEveryClassAnExampleToLearnFrom() {
    var split = Split.of(new int[] {0, 1, 1}, new Draw.Last(0.9), new Draw.Seeded(0.9, 0));
    assertThat(split.train()).containsExactly(0, 1);
    assertThat(split.test()).containsExactly(2);
  }

  @Test
  void statesItselfInWords() {
    assertThat(Split.of(CLASSES, new Draw.Last(0.2), new Draw.Seeded(0.1, 7)).statement())
        .isEqualTo(
            "test = the last 20 % of each class in file order;"
                + " validation = 10 % of each class of the rest, drawn with seed 7");
    assertThat(Split.of(50, new Draw.Own(), new Draw.Last(0.125)).statement())
        .isEqualTo(
            "test = the data set's own; validation = the last 12.5 % of the rest in file order");
  }

  @Test
  void copiesItsArrays() {
    var split = Split.of(CLASSES, none(), none());
    split.train()[0] = 99;
    assertThat(split.train()[0]).isZero();
  }

  @Test
  void refusesPartsThatAreNone() {
    assertThatThrownBy(() -> new Draw.Last(1)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Draw.Last(-0.1)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Draw.Seeded(Double.NaN, 0))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static Draw none() {
    return new Draw.Own();
  }

  private static long ofClass(int[] indices, int wanted) {
    return Arrays.stream(indices).filter(index -> CLASSES[index] == wanted).count();
  }
}

package dev.gradus.djl.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class FingerprintTest {
  private static final Task TASK = new Task.Classification(List.of("a", "b", "c"));
  private static final Examples ALL = new Numbered(100, List.of(1L, 2L, 2L));

  @Test
  void isTheSameForTheSameData() {
    assertThat(
            data("one", TASK, 80)
                .fingerprint()
                .differencesFrom(data("two", TASK, 80).fingerprint()))
        .isEmpty();
  }

  @Test
  void namesWhatDiffers() {
    var other = new Task.Classification(List.of("a", "b", "d"));
    assertThat(
            data("x", other, 80).fingerprint().differencesFrom(data("x", TASK, 70).fingerprint()))
        .satisfiesExactly(
            task ->
                assertThat(task)
                    .startsWith(
                        "task: classification into [a, b, c] weighted [1.0, 1.0, 1.0] then, "),
            train -> assertThat(train).isEqualTo("training examples: 70 then, 80 now"),
            test -> assertThat(test).isEqualTo("test examples: 20 then, 10 now"),
            contents -> assertThat(contents).startsWith("hash of the contents: "));
  }

  @Test
  void noticesOtherInputs() {
    var shifted = new Normalisation(List.of(1.0), List.of(1.0));
    var part = range(0, 80);
    var changed = set("x", TASK, shifted.over(part), range(80, 90), range(90, 100));
    assertThat(changed.fingerprint().differencesFrom(data("x", TASK, 80).fingerprint()))
        .singleElement()
        .asString()
        .startsWith("hash of the contents");
  }

  @Test
  void noticesAnotherOrder() {
    var reversed = ALL.subset(IntStream.range(0, 80).map(index -> 79 - index).toArray());
    var changed = set("x", TASK, reversed, range(80, 90), range(90, 100));
    assertThat(changed.fingerprint()).isNotEqualTo(data("x", TASK, 80).fingerprint());
  }

  @Test
  void keepsItsHashForEver() {
    assertThat(data("x", TASK, 80).fingerprint().contents())
        .isEqualTo("414848d4631fc0d04409f0db2650e80d");
  }

  @Test
  void copesWithEmptyParts() {
    var empty = ALL.subset(new int[0]);
    assertThat(set("x", TASK, ALL, empty, empty).fingerprint().validation()).isZero();
  }

  @Test
  void partsMustHaveTheSameShapes() {
    var other = new Numbered(3, List.of(1L, 4L));
    assertThatThrownBy(() -> set("x", TASK, ALL, other, ALL))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void tasksCountTheirOutputs() {
    assertThat(TASK.outputs()).isEqualTo(3);
    assertThat(new Task.NextToken(List.of("a", "b")).outputs()).isEqualTo(2);
    assertThat(new Task.Regression(List.of("price"), List.of(0.0), List.of(1.0)).outputs())
        .isEqualTo(1);
    assertThatThrownBy(() -> new Task.Regression(List.of("price"), List.of(), List.of(1.0)))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Task.Classification(List.of("a", "b"), List.of(1.0)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void classesAreWeightedWhenAnyWeightIsNotOne() {
    assertThat(new Task.Classification(List.of("a", "b")).weighted()).isFalse();
    assertThat(new Task.Classification(List.of("a", "b"), List.of(1.0, 2.0)).weighted()).isTrue();
  }

  private static DataSet data(String name, Task task, int train) {
    return set(name, task, range(0, train), range(80, 90), range(train == 80 ? 90 : 80, 100));
  }

  private static DataSet set(
      String name, Task task, Examples train, Examples validation, Examples test) {
    return new DataSet(
        name, List.of("numbers"), task, List.of(), Normalisation.NONE, train, validation, test);
  }

  private static Examples range(int from, int to) {
    return ALL.subset(IntStream.range(from, to).toArray());
  }
}

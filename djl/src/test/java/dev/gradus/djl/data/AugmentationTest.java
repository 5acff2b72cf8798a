package dev.gradus.djl.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gradus.UserException;
import dev.gradus.djl.data.Augmentation.CropAndFlip;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AugmentationTest {
  private static final List<Long> SHAPE = List.of(2L, 4L, 5L);
  private static final int LENGTH = 2 * 4 * 5;
  private static final int OFFSET = 3;

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 4, 9})
  void equalsPaddingAndCutting(int padding) {
    for (int index = 0; index < 200; index++) {
      var varied = varied(new CropAndFlip(padding), 5, 2, index);
      assertThat(varied).containsExactly(paddedAndCut(padding, 5, 2, index));
    }
  }

  @Test
  void touchesNothingAround() {
    var numbers = filled(7);
    for (int index = 0; index < 100; index++) {
      new CropAndFlip(9).apply(numbers, OFFSET, SHAPE, 0, 0, index);
    }
    assertThat(numbers).startsWith(7, 7, 7).endsWith(7, 7, 7);
    assertThat(numbers[OFFSET]).isZero();
  }

  @Test
  void changesWithSeedEpochAndIndex() {
    var crop = new CropAndFlip(4);
    var seen = new HashSet<List<Integer>>();
    for (int number = 0; number < 20; number++) {
      seen.add(hash(varied(crop, number, 0, 0)));
      seen.add(hash(varied(crop, 0, number, 0)));
      seen.add(hash(varied(crop, 0, 0, number)));
    }
    assertThat(seen).hasSizeGreaterThan(30);
    assertThat(varied(crop, 1, 2, 3)).containsExactly(varied(crop, 1, 2, 3));
  }

  @Test
  void leavesInputsAlone() {
    assertThat(varied(new Augmentation.None(), 1, 2, 3)).containsExactly(counted());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "none",
        "crop",
        "crop(3)",
        "crop-and-flip",
        "crop-and-flip(0)",
        "crop-and-flip(12)"
      })
  void printsWhatItParses(String text) {
    assertThat(Augmentation.parse(text)).hasToString(text);
  }

  @Test
  void takesFourPixelsAsUsual() {
    assertThat(Augmentation.parse(" crop-and-flip ")).isEqualTo(new CropAndFlip(4));
    assertThat(Augmentation.parse("crop-and-flip(4)")).hasToString("crop-and-flip");
  }

  @Test
  void namesTheNearestAugmentation() {
    assertThatThrownBy(() -> Augmentation.parse("crop-and-flap"))
        .isInstanceOf(UserException.class)
        .hasMessage(
            "Unknown augmentation 'crop-and-flap' (character 1 of \"crop-and-flap\");"
                + " did you mean 'crop-and-flip'?");
  }

  @ParameterizedTest
  @ValueSource(strings = {"crop-and-flip(x)", "crop-and-flip(1000)", "crop(-1)"})
  void refusesAnotherPadding(String text) {
    assertThatThrownBy(() -> Augmentation.parse(text))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("padding");
  }

  @Test
  void cropsAsCropAndFlipDoesButNeverMirrors() {
    int same = 0;
    for (int index = 0; index < 40; index++) {
      var cropped = varied(new Augmentation.Crop(1), 5, 2, index);
      var flipped = varied(new CropAndFlip(1), 5, 2, index);
      assertThat(cropped).isEqualTo(varied(new Augmentation.Crop(1), 5, 2, index));
      same += Arrays.equals(cropped, flipped) ? 1 : 0;
    }
    assertThat(same).isBetween(10, 30);
  }

  @Test
  void refusesWhatIsNoImage() {
    assertThatThrownBy(() -> new CropAndFlip(4).apply(new float[64], 0, List.of(64L), 0, 0, 0))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("[64]")
        .hasMessageContaining("'none'");
    assertThatThrownBy(() -> new CropAndFlip(-1))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("-1");
  }

  private static List<Integer> hash(float[] numbers) {
    return List.of(Arrays.hashCode(numbers));
  }

  private static float[] varied(Augmentation augmentation, long seed, long epoch, int index) {
    var numbers = filled(7);
    System.arraycopy(counted(), 0, numbers, OFFSET, LENGTH);
    augmentation.apply(numbers, OFFSET, SHAPE, seed, epoch, index);
    return Arrays.copyOfRange(numbers, OFFSET, OFFSET + LENGTH);
  }

  private static float[] filled(float number) {
    var numbers = new float[LENGTH + 2 * OFFSET];
    Arrays.fill(numbers, number);
    return numbers;
  }

  private static float[] counted() {
    var numbers = new float[LENGTH];
    for (int position = 0; position < LENGTH; position++) {
      numbers[position] = position + 1;
    }
    return numbers;
  }

  /** The same by the book: mirror, pad with zeros, cut the window out. */
  private static float[] paddedAndCut(int padding, long seed, long epoch, int index) {
    var bits = SplitMix64.at(seed, epoch, index);
    int top = bits.below(2 * padding + 1);
    int left = bits.below(2 * padding + 1);
    boolean mirror = bits.below(2) == 1;
    var source = counted();
    var result = new float[LENGTH];
    for (int channel = 0; channel < 2; channel++) {
      for (int row = 0; row < 4; row++) {
        for (int column = 0; column < 5; column++) {
          int oldRow = top + row - padding;
          int oldColumn = left + column - padding;
          boolean inside = oldRow >= 0 && oldRow < 4 && oldColumn >= 0 && oldColumn < 5;
          int seen = mirror ? 4 - oldColumn : oldColumn;
          result[(channel * 4 + row) * 5 + column] =
              inside ? source[(channel * 4 + oldRow) * 5 + seen] : 0;
        }
      }
    }
    return result;
  }
}

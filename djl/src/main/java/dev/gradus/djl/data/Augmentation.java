package dev.gradus.djl.data;

import dev.gradus.UserException;
import dev.gradus.text.Nearest;
import java.util.List;
import java.util.regex.Pattern;

/**
 * A variation of training inputs that keeps their meaning: a pure function of (seed, epoch, index).
 *
 * <p>Thread-safe, without state.
 */
public sealed interface Augmentation {

  /** The text forms, for a message that lists them. */
  List<String> NAMES = List.of("none", "crop-and-flip");

  /**
   * Varies one input in place.
   *
   * @param input holds the input, row-major
   * @param offset where it begins
   * @param shape its shape, without a batch dimension
   * @param seed the run's seed
   * @param epoch the epoch, from 0
   * @param index which example of the training part it is
   * @throws UserException if inputs of this shape cannot be varied this way
   */
  void apply(float[] input, int offset, List<Long> shape, long seed, long epoch, int index);

  /**
   * Reads the text form.
   *
   * @param text {@code "none"}, {@code "crop-and-flip"} or {@code "crop-and-flip(6)"} with another
   *     padding
   * @return the augmentation; its {@code toString} is the text again
   * @throws UserException if there is no such augmentation
   */
  static Augmentation parse(String text) {
    var crop = CropAndFlip.TEXT.matcher(text.strip());
    if (crop.matches()) {
      var padding = crop.group("padding");
      return padding == null ? new CropAndFlip() : new CropAndFlip(Integer.parseInt(padding));
    }
    if (text.strip().equals("none")) {
      return new None();
    }
    throw new UserException("Unknown augmentation '" + text + "'" + Nearest.hint(text, NAMES));
  }

  /** Leaves inputs as they are. */
  record None() implements Augmentation {
    @Override
    public void apply(
        float[] input, int offset, List<Long> shape, long seed, long epoch, int index) {}

    @Override
    public String toString() {
      return "none";
    }
  }

  /**
   * Mirrors an image of shape (channels, height, width) left to right every second time, then moves
   * it by up to {@code padding} pixels each way, which is the same as padding it with zeros and
   * cutting out a random window of the old size. After normalisation the zeros are the mean colour.
   *
   * <p>The stream {@link SplitMix64#at SplitMix64.at(seed, epoch, index)} gives, in this order: the
   * window's top, {@code below(2 padding + 1)}; its left, the same; the mirror, {@code below(2)}.
   *
   * @param padding by how many pixels at most, from 0 to 999
   */
  record CropAndFlip(int padding) implements Augmentation {
    private static final Pattern TEXT =
        Pattern.compile("crop-and-flip(\\((?<padding>\\d{1,3})\\))?");
    private static final int USUAL_PADDING = 4;

    /** Checks the padding. */
    public CropAndFlip {
      if (padding < 0 || padding > 999) {
        throw new UserException("The padding of crop-and-flip is 0 to 999, not " + padding + ".");
      }
    }

    /** Padding of 4 pixels, as is usual for images of 32 by 32. */
    public CropAndFlip() {
      this(USUAL_PADDING);
    }

    @Override
    public void apply(
        float[] input, int offset, List<Long> shape, long seed, long epoch, int index) {
      var image = Image.of(input, offset, shape);
      var bits = SplitMix64.at(seed, epoch, index);
      int down = padding - bits.below(2 * padding + 1);
      int right = padding - bits.below(2 * padding + 1);
      if (bits.below(2) == 1) {
        image.mirror();
      }
      image.shift(down, right);
    }

    @Override
    public String toString() {
      return padding == USUAL_PADDING ? "crop-and-flip" : "crop-and-flip(" + padding + ")";
    }
  }
}

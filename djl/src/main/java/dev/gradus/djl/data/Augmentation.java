package dev.gradus.djl.data;

import dev.gradus.text.Catalogue;
import dev.gradus.text.Name;
import dev.gradus.text.Range;
import dev.gradus.text.RecordType;
import java.util.List;

/**
 * A variation of training inputs that keeps their meaning: a pure function of (seed, epoch, index).
 *
 * <p>Thread-safe, without state.
 */
public sealed interface Augmentation {

  /** The augmentations that text may name. */
  Catalogue<Augmentation> CATALOGUE =
      new Catalogue<>(
          "augmentation", Augmentation.class, List.of(None.class, Crop.class, CropAndFlip.class));

  /** Their names. */
  List<String> NAMES = CATALOGUE.types().stream().map(RecordType::name).toList();

  /**
   * Varies one input in place.
   *
   * @param input holds the input, row-major
   * @param offset where it begins
   * @param shape its shape, without a batch dimension
   * @param seed the run's seed
   * @param epoch the epoch, from 0
   * @param index which example of the training part it is
   * @throws dev.gradus.UserException if inputs of this shape cannot be varied this way
   */
  void apply(float[] input, int offset, List<Long> shape, long seed, long epoch, int index);

  /**
   * Reads the text form.
   *
   * @param text {@code none}, {@code crop}, {@code crop-and-flip}, or one of the last two with
   *     another padding, as in {@code crop-and-flip(6)}
   * @return the augmentation; its {@code toString} is the text again
   * @throws dev.gradus.UserException if there is no such augmentation
   */
  static Augmentation parse(String text) {
    return CATALOGUE.single(text);
  }

  /** Leaves inputs as they are. */
  @Name("none")
  record None() implements Augmentation {
    @Override
    public void apply(
        float[] input, int offset, List<Long> shape, long seed, long epoch, int index) {}

    @Override
    public String toString() {
      return RecordType.of(None.class).print(this);
    }
  }

  /**
   * Moves an image of shape (channels, height, width) by up to {@code padding} pixels each way,
   * which is the same as padding it with zeros and cutting out a random window of the old size.
   * After normalisation the zeros are the mean colour. For images whose mirror image means
   * something else, such as digits.
   *
   * <p>The stream {@link SplitMix64#at SplitMix64.at(seed, epoch, index)} gives, in this order: the
   * window's top, {@code below(2 padding + 1)}; its left, the same.
   *
   * @param padding by how many pixels at most, from 0 to 999
   */
  @Name("crop")
  record Crop(@Range("[0, 999]") int padding) implements Augmentation {
    /** Checks the padding. */
    public Crop {
      RecordType.check(Crop.class, padding);
    }

    /** One pixel, as is usual for small images. */
    public Crop() {
      this(1);
    }

    @Override
    public void apply(
        float[] input, int offset, List<Long> shape, long seed, long epoch, int index) {
      var bits = SplitMix64.at(seed, epoch, index);
      int down = padding - bits.below(2 * padding + 1);
      int right = padding - bits.below(2 * padding + 1);
      Image.of(input, offset, shape).shift(down, right);
    }

    @Override
    public String toString() {
      return RecordType.of(Crop.class).print(this);
    }
  }

  /**
   * Mirrors an image left to right every second time and moves it as {@link Crop} does.
   *
   * <p>The stream gives, after the window's top and left, the mirror: {@code below(2)}.
   *
   * @param padding by how many pixels at most, from 0 to 999
   */
  @Name("crop-and-flip")
  record CropAndFlip(@Range("[0, 999]") int padding) implements Augmentation {
    /** Checks the padding. */
    public CropAndFlip {
      RecordType.check(CropAndFlip.class, padding);
    }

    /** Padding of 4 pixels, as is usual for images of 32 by 32. */
    public CropAndFlip() {
      this(4);
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
      return RecordType.of(CropAndFlip.class).print(this);
    }
  }
}

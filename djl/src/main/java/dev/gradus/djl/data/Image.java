package dev.gradus.djl.data;

import dev.gradus.UserException;
import java.util.Arrays;
import java.util.List;

/** An image inside a larger array, changed in place. */
final class Image {
  private final float[] pixels;
  private final int offset;
  private final int channels;
  private final int height;
  private final int width;

  private Image(float[] pixels, int offset, int channels, int height, int width) {
    this.pixels = pixels;
    this.offset = offset;
    this.channels = channels;
    this.height = height;
    this.width = width;
  }

  static Image of(float[] pixels, int offset, List<Long> shape) {
    if (shape.size() != 3) {
      throw new UserException(
          "Images can be cropped and flipped, but these inputs have the shape "
              + shape
              + " instead of (channels, height, width); use the augmentation 'none'.");
    }
    return new Image(
        pixels,
        offset,
        Math.toIntExact(shape.get(0)),
        Math.toIntExact(shape.get(1)),
        Math.toIntExact(shape.get(2)));
  }

  void mirror() {
    for (int row = 0; row < channels * height; row++) {
      int left = offset + row * width;
      int right = left + width - 1;
      while (left < right) {
        float moved = pixels[left];
        pixels[left++] = pixels[right];
        pixels[right--] = moved;
      }
    }
  }

  void shift(int down, int right) {
    for (int channel = 0; channel < channels; channel++) {
      shiftChannel(channel, down, Math.clamp(right, -width, width));
    }
  }

  private void shiftChannel(int channel, int down, int right) {
    for (int step = 0; step < height; step++) {
      int row = down > 0 ? height - 1 - step : step;
      int from = row - down;
      if (from >= 0 && from < height) {
        moveRow(start(channel, from), start(channel, row), right);
      } else {
        clear(start(channel, row), width);
      }
    }
  }

  private void moveRow(int from, int to, int right) {
    int kept = Math.max(0, width - Math.abs(right));
    System.arraycopy(pixels, from + Math.max(0, -right), pixels, to + Math.max(0, right), kept);
    clear(right > 0 ? to : to + kept, width - kept);
  }

  private int start(int channel, int row) {
    return offset + (channel * height + row) * width;
  }

  private void clear(int from, int length) {
    Arrays.fill(pixels, from, from + length, 0f);
  }
}

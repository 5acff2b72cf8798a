package dev.gradus.djl.data;

import java.util.Arrays;
import java.util.List;

/** Examples whose numbers follow from their index: channel c holds {@code 10 * index + c}. */
record Numbered(int size, List<Long> inputShape) implements Examples {

  @Override
  public List<Long> targetShape() {
    return List.of();
  }

  @Override
  public void input(int index, float[] into, int offset) {
    int channels = inputShape.getFirst().intValue();
    int area = inputLength() / channels;
    for (int channel = 0; channel < channels; channel++) {
      int start = offset + channel * area;
      Arrays.fill(into, start, start + area, 10 * index + channel);
    }
  }

  @Override
  public void target(int index, float[] into, int offset) {
    into[offset] = index % 3;
  }

  @Override
  public String identity(int index) {
    return "number " + index;
  }
}

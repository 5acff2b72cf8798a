package dev.gradus.djl.data;

import java.util.List;

final class Normalised implements Examples {
  private final Examples raw;
  private final float[] means;
  private final float[] factors;
  private final int area;

  Normalised(Examples raw, Normalisation normalisation) {
    this.raw = raw;
    int channels = normalisation.means().size();
    if (raw.inputShape().getFirst() != channels) {
      throw new IllegalArgumentException(
          channels + " means for inputs of shape " + raw.inputShape());
    }
    means = new float[channels];
    factors = new float[channels];
    for (int channel = 0; channel < channels; channel++) {
      means[channel] = normalisation.means().get(channel).floatValue();
      factors[channel] = (float) (1 / normalisation.scales().get(channel));
    }
    area = raw.inputLength() / channels;
  }

  @Override
  public int size() {
    return raw.size();
  }

  @Override
  public List<Long> inputShape() {
    return raw.inputShape();
  }

  @Override
  public List<Long> targetShape() {
    return raw.targetShape();
  }

  @Override
  public void input(int index, float[] into, int offset) {
    raw.input(index, into, offset);
    for (int channel = 0; channel < means.length; channel++) {
      normalise(into, offset + channel * area, means[channel], factors[channel]);
    }
  }

  private void normalise(float[] values, int from, float mean, float factor) {
    for (int position = from; position < from + area; position++) {
      values[position] = (values[position] - mean) * factor;
    }
  }

  @Override
  public void target(int index, float[] into, int offset) {
    raw.target(index, into, offset);
  }

  @Override
  public String identity(int index) {
    return raw.identity(index);
  }

  @Override
  public long contents(int index) {
    return raw.contents(index);
  }
}

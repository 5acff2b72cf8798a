package dev.gradus.djl.data;

import java.util.List;

/**
 * What brings inputs to mean 0 and standard deviation 1: {@code (value - mean) / scale}, per
 * channel of an image or per column of a table. Always measured on the training part alone.
 *
 * @param means what is subtracted, one per leading dimension of the input; empty for no
 *     normalisation
 * @param scales what is divided by, as many as means; never 0
 */
public record Normalisation(List<Double> means, List<Double> scales) {

  /** Leaves inputs as they are. */
  public static final Normalisation NONE = new Normalisation(List.of(), List.of());

  /** Copies the lists and checks that there are as many means as scales. */
  public Normalisation {
    means = List.copyOf(means);
    scales = List.copyOf(scales);
    if (means.size() != scales.size()) {
      throw new IllegalArgumentException(means.size() + " means, " + scales.size() + " scales");
    }
  }

  /**
   * Measures mean and standard deviation along the first dimension of the inputs: the channels of
   * images, the columns of a table.
   *
   * @param train the training part
   * @return one mean and one scale per channel; the scale of a constant channel is 1
   */
  public static Normalisation measuredOn(Examples train) {
    var moments = new Moments(Math.toIntExact(train.inputShape().getFirst()));
    var input = new float[train.inputLength()];
    for (int index = 0; index < train.size(); index++) {
      train.input(index, input, 0);
      moments.add(input);
    }
    return new Normalisation(moments.means(), moments.deviations());
  }

  /**
   * The same examples, normalised as they are read.
   *
   * @param examples whose inputs have as many channels as this has means
   * @return a view that copies nothing
   * @throws IllegalArgumentException if the number of channels differs
   */
  public Examples over(Examples examples) {
    return means.isEmpty() ? examples : new Normalised(examples, this);
  }
}

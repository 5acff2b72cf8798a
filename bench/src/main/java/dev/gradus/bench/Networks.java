package dev.gradus.bench;

import dev.gradus.Parameter;
import dev.gradus.ParameterType;
import dev.gradus.equation.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** The parameters of networks that optimizers are measured on, as shapes alone. */
final class Networks {
  private static final Pattern MILLIONS = Pattern.compile("([1-9][0-9]{0,2})M");
  private static final Pattern MATRIX = Pattern.compile("([1-9][0-9]{0,6})x([1-9][0-9]{0,6})");
  private static final long COLUMNS = 1000;

  private final List<Parameter> parameters = new ArrayList<>();

  private Networks() {}

  /**
   * The parameters of a network.
   *
   * @param name {@code resnet50}, {@code mobilenet}, {@code lenet}; rows and columns of a matrix,
   *     such as {@code 512x128}; or millions of weights in rows of 1000, such as {@code 4M}
   */
  static List<Parameter> named(String name) {
    var network = new Networks();
    switch (name) {
      case "resnet50" -> network.resNet50();
      case "mobilenet" -> network.mobileNet();
      case "lenet" -> network.leNet();
      default -> network.matrix(name);
    }
    return List.copyOf(network.parameters);
  }

  private void matrix(String name) {
    var millions = MILLIONS.matcher(name);
    var matrix = MATRIX.matcher(name);
    if (millions.matches()) {
      add(ParameterType.WEIGHT, Long.parseLong(millions.group(1)) * COLUMNS, COLUMNS);
    } else if (matrix.matches()) {
      add(ParameterType.WEIGHT, Long.parseLong(matrix.group(1)), Long.parseLong(matrix.group(2)));
    } else {
      throw new IllegalArgumentException(
          "No network is called '"
              + name
              + "'; try resnet50, mobilenet, lenet, 4M for four million weights, or 512x128.");
    }
  }

  private void resNet50() {
    convolution(3, 64, 7, 1);
    long channels = 64;
    int[] blocks = {3, 4, 6, 3};
    for (int stage = 0; stage < blocks.length; stage++) {
      for (int block = 0; block < blocks[stage]; block++) {
        channels = bottleneck(channels, 64L << stage, block == 0);
      }
    }
    dense(channels, 1000);
  }

  private long bottleneck(long channels, long middle, boolean widens) {
    convolution(channels, middle, 1, 1);
    convolution(middle, middle, 3, 1);
    convolution(middle, 4 * middle, 1, 1);
    if (widens) {
      convolution(channels, 4 * middle, 1, 1);
    }
    return 4 * middle;
  }

  /** MobileNetV2: in each block a 1×1 expansion, a 3×3 filter per channel, a 1×1 projection. */
  private void mobileNet() {
    convolution(3, 32, 3, 1);
    int[][] stages = {
      {1, 16, 1}, {6, 24, 2}, {6, 32, 3}, {6, 64, 4}, {6, 96, 3}, {6, 160, 3}, {6, 320, 1}
    };
    long channels = 32;
    for (int[] stage : stages) {
      for (int block = 0; block < stage[2]; block++) {
        invertedResidual(channels, stage[0], stage[1]);
        channels = stage[1];
      }
    }
    convolution(channels, 1280, 1, 1);
    dense(1280, 1000);
  }

  private void invertedResidual(long channels, long expansion, long out) {
    long middle = channels * expansion;
    if (expansion > 1) {
      convolution(channels, middle, 1, 1);
    }
    convolution(middle, middle, 3, middle);
    convolution(middle, out, 1, 1);
  }

  /** As {@code lenet-bn} for images of 28×28. */
  private void leNet() {
    convolution(1, 16, 3, 1);
    convolution(16, 32, 3, 1);
    convolution(32, 64, 3, 1);
    dense(64 * 3 * 3, 10);
  }

  private void convolution(long in, long out, long side, long groups) {
    add(ParameterType.WEIGHT, out, in / groups, side, side);
    add(ParameterType.NORM, out);
    add(ParameterType.NORM, out);
  }

  private void dense(long in, long out) {
    add(ParameterType.WEIGHT, out, in);
    add(ParameterType.BIAS, out);
  }

  private void add(ParameterType type, long... dimensions) {
    parameters.add(new Parameter("p" + parameters.size(), Shape.of(dimensions), type));
  }
}

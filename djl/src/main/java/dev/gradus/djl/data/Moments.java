package dev.gradus.djl.data;

import java.util.List;
import java.util.stream.IntStream;

/** Sums per channel, taken of the distance to the channel's first value so that digits survive. */
final class Moments {
  private final double[] shift;
  private final double[] sum;
  private final double[] squares;
  private long count;

  Moments(int channels) {
    shift = new double[channels];
    sum = new double[channels];
    squares = new double[channels];
  }

  void add(float[] input) {
    int area = input.length / shift.length;
    for (int channel = 0; channel < shift.length; channel++) {
      if (count == 0) {
        shift[channel] = input[channel * area];
      }
      addChannel(channel, input, channel * area, (channel + 1) * area);
    }
    count += area;
  }

  private void addChannel(int channel, float[] input, int from, int to) {
    double origin = shift[channel];
    double total = 0;
    double totalOfSquares = 0;
    for (int position = from; position < to; position++) {
      double distance = input[position] - origin;
      total += distance;
      totalOfSquares += distance * distance;
    }
    sum[channel] += total;
    squares[channel] += totalOfSquares;
  }

  List<Double> means() {
    return IntStream.range(0, sum.length).mapToObj(this::mean).toList();
  }

  List<Double> deviations() {
    return IntStream.range(0, sum.length).mapToObj(this::deviation).toList();
  }

  private double mean(int channel) {
    return count == 0 ? 0 : shift[channel] + sum[channel] / count;
  }

  private double deviation(int channel) {
    double average = sum[channel] / count;
    double variance = squares[channel] / count - average * average;
    return variance > 0 ? Math.sqrt(variance) : 1;
  }
}

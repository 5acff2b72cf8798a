package dev.gradus.cli.data;

import dev.gradus.djl.data.Normalisation;
import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/**
 * What brings the values of a column to mean 0 and standard deviation 1.
 *
 * @param mean what is subtracted
 * @param scale what is divided by; 1 for a constant column
 */
record Standard(double mean, double scale) {

  static Standard of(DoubleStream column) {
    var values = column.toArray();
    if (values.length == 0) {
      return new Standard(0, 1);
    }
    double mean = 0;
    for (double value : values) {
      mean += value / values.length;
    }
    double variance = 0;
    for (double value : values) {
      variance += (value - mean) * (value - mean) / values.length;
    }
    double deviation = Math.sqrt(variance);
    return new Standard(mean, deviation > Math.abs(mean) * 1e-12 ? deviation : 1);
  }

  double apply(double value) {
    return (value - mean) / scale;
  }

  /** The columns of a normalisation, in order. */
  static List<Standard> of(Normalisation normalisation) {
    return IntStream.range(0, normalisation.means().size())
        .mapToObj(
            column ->
                new Standard(normalisation.means().get(column), normalisation.scales().get(column)))
        .toList();
  }

  static Normalisation normalisation(List<Standard> columns) {
    return new Normalisation(
        columns.stream().map(Standard::mean).toList(),
        columns.stream().map(Standard::scale).toList());
  }
}

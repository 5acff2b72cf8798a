package dev.gradus.djl;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;

/**
 * {@code loss}, {@code rmse}, {@code mae} and {@code r2} of a regression. {@code rmse} and {@code
 * mae} are in the user's units, over all columns together; {@code r2} is the mean over the columns,
 * without those whose targets are all equal.
 */
final class RegressionMeter implements Meter {
  private final List<Double> scales;
  private final int columns;
  private final double[] squaredErrors;
  private final double[] absoluteErrors;
  private final double[] sums;
  private final double[] squares;
  private final Mean loss = new Mean();
  private long examples;

  RegressionMeter(List<Double> scales) {
    this.scales = scales;
    columns = scales.size();
    squaredErrors = new double[columns];
    absoluteErrors = new double[columns];
    sums = new double[columns];
    squares = new double[columns];
  }

  @Override
  public void add(float[] outputs, float[] targets, float[] losses) {
    for (int place = 0; place < targets.length; place++) {
      add(place % columns, outputs[place], targets[place]);
    }
    loss.add(losses);
    examples += losses.length;
  }

  private void add(int column, double output, double target) {
    squaredErrors[column] += (output - target) * (output - target);
    absoluteErrors[column] += Math.abs(output - target);
    sums[column] += target;
    squares[column] += target * target;
  }

  @Override
  public SequencedMap<String, Double> values() {
    var values = new LinkedHashMap<String, Double>();
    values.put("loss", loss.value());
    values.put("rmse", Math.sqrt(mean(this::squaredError)));
    values.put("mae", mean(column -> scales.get(column) * absoluteErrors[column] / examples));
    values.put("r2", mean(this::explained));
    return Meter.defined(values);
  }

  private double squaredError(int column) {
    return scales.get(column) * scales.get(column) * squaredErrors[column] / examples;
  }

  private double explained(int column) {
    double variation = squares[column] - sums[column] * sums[column] / examples;
    return variation > 0 ? 1 - squaredErrors[column] / variation : Double.NaN;
  }

  private double mean(IntToDoubleFunction value) {
    return IntStream.range(0, columns)
        .mapToDouble(value)
        .filter(Double::isFinite)
        .average()
        .orElse(Double.NaN);
  }
}

package dev.gradus.djl.instance;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import dev.gradus.djl.Batch;
import dev.gradus.djl.InstanceMethod;
import dev.gradus.safetensors.Tensor;
import java.util.List;
import java.util.Map;

/** Temperatures in one run. */
final class DataParametersAtWork implements InstanceMethod.Running {
  private final List<Temperatures> tables;
  private float[] outputs = {};

  DataParametersAtWork(List<Temperatures> tables) {
    this.tables = tables;
  }

  @Override
  public NDArray outputs(Batch part, NDArray plain) {
    outputs = plain.toFloatArray();
    var temperatures = new float[part.size()];
    for (int place = 0; place < temperatures.length; place++) {
      temperatures[place] = (float) temperature(part, place);
    }
    return plain.div(plain.getManager().create(temperatures, new Shape(part.size(), 1)));
  }

  private double temperature(Batch part, int place) {
    return tables.stream().mapToDouble(table -> table.temperature(part, place)).sum();
  }

  @Override
  public void weigh(Batch part, float[] losses, float[] weights) {
    int classes = outputs.length / part.size();
    for (int place = 0; place < part.size(); place++) {
      double temperature = temperature(part, place);
      double derivative =
          weights[place]
              * derivative(place * classes, classes, (int) part.target(place), temperature);
      for (Temperatures table : tables) {
        table.add(part, place, derivative);
      }
    }
  }

  /** The derivative of a cross entropy by its temperature. */
  private double derivative(int from, int classes, int target, double temperature) {
    double largest = Double.NEGATIVE_INFINITY;
    for (int k = from; k < from + classes; k++) {
      largest = Math.max(largest, outputs[k]);
    }
    double sum = 0;
    double weighted = 0;
    for (int k = from; k < from + classes; k++) {
      double share = Math.exp((outputs[k] - largest) / temperature);
      sum += share;
      weighted += share * outputs[k];
    }
    return (outputs[from + target] - weighted / sum) / (temperature * temperature);
  }

  @Override
  public void stepped(Batch batch, boolean made) {
    if (made) {
      tables.forEach(table -> table.step(batch.size()));
    } else {
      tables.forEach(Temperatures::forget);
    }
  }

  @Override
  public List<Tensor> state() {
    return tables.stream().flatMap(table -> table.state().stream()).map(Rates::tensor).toList();
  }

  @Override
  public void restore(Map<String, Tensor> saved) {
    tables.forEach(table -> table.restore(saved));
  }
}

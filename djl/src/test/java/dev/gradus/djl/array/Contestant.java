package dev.gradus.djl.array;

import static java.lang.foreign.ValueLayout.JAVA_DOUBLE;
import static java.lang.foreign.ValueLayout.JAVA_FLOAT;

import dev.gradus.Group;
import dev.gradus.Optimizer;
import dev.gradus.OptimizerBuilder;
import dev.gradus.Parameter;
import dev.gradus.ParameterType;
import dev.gradus.StepReport;
import dev.gradus.engine.Tensors;
import dev.gradus.equation.Pipeline;
import dev.gradus.equation.Shape;
import dev.gradus.safetensors.Dtype;
import dev.gradus.safetensors.Tensor;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** An optimizer by some engine over drawn weights, in single or double precision. */
final class Contestant implements Tensors, AutoCloseable {
  static final List<Parameter> PARAMETERS =
      List.of(
          parameter("filters", ParameterType.WEIGHT, 4, 3, 2, 2),
          parameter("matrix", ParameterType.WEIGHT, 5, 7),
          parameter("bias", ParameterType.BIAS, 6),
          parameter("number", ParameterType.OTHER));

  private static final double LEARNING_RATE = 0.01;

  private final Arena arena = Arena.ofShared();
  private final boolean single;
  private final List<MemorySegment> weights = new ArrayList<>();
  private final List<MemorySegment> gradients = new ArrayList<>();
  private final Optimizer optimizer;

  /** The index of a tensor without a gradient; −1 for none. */
  private int absent = -1;

  Contestant(Pipeline pipeline, boolean single, UnaryOperator<OptimizerBuilder> how) {
    this.single = single;
    Group group = Group.all(pipeline, LEARNING_RATE).decayingEverything();
    optimizer = how.apply(Optimizer.of(PARAMETERS).group(group)).build();
    for (Parameter p : PARAMETERS) {
      weights.add(memory(p));
      gradients.add(memory(p));
      fill(weights.getLast(), new Random(p.name().hashCode()), 1);
    }
  }

  private static Parameter parameter(String name, ParameterType type, long... shape) {
    return new Parameter(name, Shape.of(shape), type);
  }

  private MemorySegment memory(Parameter parameter) {
    return arena.allocate(parameter.shape().size() * (single ? Float.BYTES : Double.BYTES), 64);
  }

  Optimizer optimizer() {
    return optimizer;
  }

  /** Takes a step by gradients that are a pure function of its number. */
  StepReport step(int number, double scale) {
    for (int i = 0; i < gradients.size(); i++) {
      fill(gradients.get(i), new Random(31L * number + i), scale);
    }
    return optimizer.step(this);
  }

  void leaveOut(int parameter) {
    absent = parameter;
  }

  void spoil(int parameter, double value) {
    write(gradients.get(parameter), 0, value);
  }

  StepReport stepAsItIs() {
    return optimizer.step(this);
  }

  private void fill(MemorySegment to, Random random, double scale) {
    for (int k = 0; k < count(to); k++) {
      write(to, k, (float) (random.nextGaussian() * scale));
    }
  }

  private long count(MemorySegment memory) {
    return memory.byteSize() / (single ? Float.BYTES : Double.BYTES);
  }

  private void write(MemorySegment to, long index, double value) {
    if (single) {
      to.setAtIndex(JAVA_FLOAT, index, (float) value);
    } else {
      to.setAtIndex(JAVA_DOUBLE, index, value);
    }
  }

  /** Weights by name. */
  Map<String, double[]> weights() {
    var values = new LinkedHashMap<String, double[]>();
    for (int i = 0; i < weights.size(); i++) {
      values.put(PARAMETERS.get(i).name(), doubles(weights.get(i), single));
    }
    return values;
  }

  /** Weights and states by name. */
  Map<String, double[]> values() {
    Map<String, double[]> values = weights();
    for (Tensor state : optimizer.state()) {
      values.put(state.name(), doubles(state.data(), state.dtype() == Dtype.F32));
    }
    return values;
  }

  private static double[] doubles(MemorySegment memory, boolean single) {
    if (!single) {
      return memory.toArray(JAVA_DOUBLE);
    }
    float[] floats = memory.toArray(JAVA_FLOAT);
    var doubles = new double[floats.length];
    for (int i = 0; i < floats.length; i++) {
      doubles[i] = floats[i];
    }
    return doubles;
  }

  /** Takes over weights and states of another in single precision. */
  void takeOver(Contestant other) {
    Map<String, double[]> values = other.values();
    for (int i = 0; i < weights.size(); i++) {
      double[] weight = values.getOrDefault(PARAMETERS.get(i).name(), new double[0]);
      for (int k = 0; k < weight.length; k++) {
        write(weights.get(i), k, weight[k]);
      }
    }
    var stored = new HashMap<String, Tensor>();
    for (Tensor state : other.optimizer.state()) {
      boolean narrow = single && state.dtype() == Dtype.F32;
      double[] numbers = values.getOrDefault(state.name(), new double[0]);
      stored.put(state.name(), narrow ? floats(state, numbers) : wide(state, numbers));
    }
    optimizer.restore(other.optimizer.steps(), stored);
  }

  private static Tensor wide(Tensor state, double[] values) {
    return Tensor.of(state.name(), state.shape(), values);
  }

  private static Tensor floats(Tensor state, double[] values) {
    var narrow = new float[values.length];
    for (int i = 0; i < values.length; i++) {
      narrow[i] = (float) values[i];
    }
    return Tensor.of(state.name(), state.shape(), narrow);
  }

  @Override
  public MemorySegment weight(int index) {
    return weights.get(index);
  }

  @Override
  public @Nullable MemorySegment gradient(int index) {
    return index == absent ? null : gradients.get(index);
  }

  @Override
  public void close() {
    optimizer.close();
    arena.close();
  }
}

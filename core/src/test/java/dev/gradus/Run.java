package dev.gradus;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_DOUBLE;
import static java.lang.foreign.ValueLayout.JAVA_FLOAT;

import dev.gradus.engine.Tensors;
import dev.gradus.equation.Format;
import dev.gradus.equation.Pipeline;
import dev.gradus.equation.Shape;
import dev.gradus.safetensors.Tensor;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * An optimizer over drawn weights. Weights are a pure function of the parameter's name, gradients
 * of the name and the step, so two runs can be compared whatever else differs.
 */
final class Run implements Tensors, AutoCloseable {
  static final double LEARNING_RATE = 0.01;

  private final Arena arena = Arena.ofShared();
  private final List<Parameter> parameters;
  private final boolean single;
  private final List<MemorySegment> weights = new ArrayList<>();
  private final List<MemorySegment> gradients = new ArrayList<>();
  private final boolean[] absent;
  private final Optimizer optimizer;

  private Run(List<Parameter> parameters, Optimizer optimizer, boolean single) {
    this.parameters = parameters;
    this.optimizer = optimizer;
    this.single = single;
    absent = new boolean[parameters.size()];
    for (Parameter p : parameters) {
      long bytes = p.shape().size() * (single ? p.format().bytes() : Double.BYTES);
      weights.add(arena.allocate(bytes, 64));
      gradients.add(arena.allocate(bytes, 64));
      fill(weights.getLast(), p, 1, p.name().hashCode());
    }
  }

  static Run of(
      Pipeline pipeline, List<Parameter> parameters, UnaryOperator<OptimizerBuilder> how) {
    return of(parameters, builder -> how.apply(builder.group(everything(pipeline))));
  }

  static Run of(List<Parameter> parameters, UnaryOperator<OptimizerBuilder> how) {
    return new Run(parameters, how.apply(Optimizer.of(parameters)).build(), true);
  }

  static Run reference(Pipeline pipeline, List<Parameter> parameters) {
    return reference(everything(pipeline), parameters);
  }

  static Run reference(Group group, List<Parameter> parameters) {
    var builder = Optimizer.of(parameters).group(group).reference();
    return new Run(parameters, builder.build(), false);
  }

  static Group everything(Pipeline pipeline) {
    return Group.all(pipeline, LEARNING_RATE).decayingEverything();
  }

  /** Parameters named a, b, c, … of some shapes. */
  static List<Parameter> parameters(Shape... shapes) {
    return IntStream.range(0, shapes.length)
        .mapToObj(i -> new Parameter(Character.toString('a' + i), shapes[i], ParameterType.WEIGHT))
        .toList();
  }

  /** The same, every second one in 16 bits. */
  static List<Parameter> inBothFormats(Shape... shapes) {
    var formats = Format.values();
    return parameters(shapes).stream()
        .map(p -> in(p, formats[(p.name().charAt(0) - 'a') % formats.length]))
        .toList();
  }

  static Parameter in(Parameter p, Format format) {
    return new Parameter(p.name(), p.shape(), p.type(), format);
  }

  Optimizer optimizer() {
    return optimizer;
  }

  /** Takes some steps with drawn gradients. */
  Run steps(int count) {
    for (int i = 0; i < count; i++) {
      step();
    }
    return this;
  }

  /** Takes a step with gradients drawn for the optimizer's count of steps. */
  StepReport step() {
    return step(1);
  }

  /** Takes a step with drawn gradients of about a size. */
  StepReport step(double size) {
    drawGradients(size);
    return optimizer.step(this);
  }

  void drawGradients(double size) {
    for (int i = 0; i < parameters.size(); i++) {
      long seed = 31L * parameters.get(i).name().hashCode() + optimizer.steps();
      fill(gradients.get(i), parameters.get(i), size, seed);
    }
  }

  /** Values in the parameter's format whatever the memory's precision. */
  private void fill(MemorySegment memory, Parameter parameter, double size, long seed) {
    var random = new SplittableRandom(seed);
    boolean halves = parameter.format() == Format.BFLOAT16;
    int count = (int) parameter.shape().size();
    var values = new float[count];
    for (int i = 0; i < count; i++) {
      float value = (float) (size * (2 * random.nextFloat() - 1));
      values[i] = halves ? Halves.cut(value) : value;
    }
    if (single && halves) {
      Halves.write(memory, values);
    } else if (single) {
      MemorySegment.copy(values, 0, memory, JAVA_FLOAT, 0, count);
    } else {
      var wide = new double[count];
      Arrays.setAll(wide, i -> values[i]);
      MemorySegment.copy(wide, 0, memory, JAVA_DOUBLE, 0, count);
    }
  }

  /** Writes as single precision whatever the memory's precision. */
  void write(MemorySegment memory, long index, double value) {
    if (single) {
      memory.setAtIndex(JAVA_FLOAT, index, (float) value);
    } else {
      memory.setAtIndex(JAVA_DOUBLE, index, (float) value);
    }
  }

  void setAbsent(int parameter, boolean now) {
    absent[parameter] = now;
  }

  double[] weights(int parameter) {
    return read(weights.get(parameter), parameter);
  }

  double[] gradients(int parameter) {
    return read(gradients.get(parameter), parameter);
  }

  private double[] read(MemorySegment memory, int parameter) {
    return single && parameters.get(parameter).format() == Format.BFLOAT16
        ? Halves.read(memory)
        : Memory.read(memory, single);
  }

  MemorySegment gradientMemory(int parameter) {
    return gradients.get(parameter);
  }

  /** Every weight and state bit for bit, by name. */
  Map<String, byte[]> bits() {
    var bits = new LinkedHashMap<String, byte[]>();
    for (int i = 0; i < parameters.size(); i++) {
      bits.put(parameters.get(i).name(), weights.get(i).toArray(JAVA_BYTE));
    }
    optimizer.state().forEach(state -> bits.put(state.name(), state.data().toArray(JAVA_BYTE)));
    return bits;
  }

  /** Takes over the weights and states of another run, as a checkpoint would. */
  void resume(Run other) {
    var stored = new LinkedHashMap<String, Tensor>();
    other.optimizer.state().forEach(state -> stored.put(state.name(), state));
    for (int i = 0; i < weights.size(); i++) {
      weights.get(i).copyFrom(other.weights.get(i));
    }
    optimizer.restore(other.optimizer.steps(), stored);
  }

  @Override
  public MemorySegment weight(int index) {
    return weights.get(index);
  }

  @Override
  public @Nullable MemorySegment gradient(int index) {
    return absent[index] ? null : gradients.get(index);
  }

  @Override
  public void close() {
    optimizer.close();
    arena.close();
  }
}

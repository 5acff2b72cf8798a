package dev.gradus.bench;

import static java.lang.foreign.ValueLayout.JAVA_FLOAT;

import dev.gradus.rule.AdamW;
import java.lang.foreign.MemorySegment;
import java.nio.ByteOrder;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * AdamW as one would write it for this JVM by hand: what the generated loop is measured against.
 */
final class HandWrittenAdamW implements Walk {
  private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
  private static final ByteOrder ORDER = ByteOrder.nativeOrder();

  private final AdamW rule;
  private final double learningRate;
  private final Memory memory;
  private final Moments moments;
  private int steps;
  private float rate;
  private float rootScale;

  HandWrittenAdamW(AdamW rule, double learningRate, Memory memory, Moments moments) {
    this.rule = rule;
    this.learningRate = learningRate;
    this.memory = memory;
    this.moments = moments;
  }

  void begin() {
    steps++;
    rate = (float) (-learningRate / (1 - Math.pow(rule.beta1(), steps)));
    rootScale = (float) Math.sqrt(1 / (1 - Math.pow(rule.beta2(), steps)));
  }

  @Override
  public void run(int tensor, long first, int count) {
    MemorySegment weights = memory.weight(tensor);
    MemorySegment gradients = memory.gradient(tensor);
    MemorySegment m = moments.means().get(tensor);
    MemorySegment v = moments.squares().get(tensor);
    var keptMean = broadcast(rule.beta1());
    var newMean = broadcast(1 - rule.beta1());
    var keptSquare = broadcast(rule.beta2());
    var newSquare = broadcast(1 - rule.beta2());
    var keptWeight = broadcast(1 - learningRate * rule.weightDecay());
    var epsilon = broadcast(rule.epsilon());
    var rates = broadcast(rate);
    var rootScales = broadcast(rootScale);
    int whole = SPECIES.loopBound(count);
    for (int i = 0; i < whole; i += SPECIES.length()) {
      long at = (first + i) * Float.BYTES;
      var gradient = load(gradients, at);
      var mean = load(m, at).fma(keptMean, gradient.mul(newMean));
      var square = load(v, at).fma(keptSquare, gradient.mul(gradient).mul(newSquare));
      var step = mean.mul(rates).div(square.sqrt().fma(rootScales, epsilon));
      mean.intoMemorySegment(m, at, ORDER);
      square.intoMemorySegment(v, at, ORDER);
      load(weights, at).fma(keptWeight, step).intoMemorySegment(weights, at, ORDER);
    }
    for (long i = first + whole; i < first + count; i++) {
      single(weights, gradients, m, v, i);
    }
  }

  private void single(
      MemorySegment weights, MemorySegment gradients, MemorySegment m, MemorySegment v, long i) {
    float gradient = gradients.getAtIndex(JAVA_FLOAT, i);
    float mean = average(rule.beta1(), m.getAtIndex(JAVA_FLOAT, i), gradient);
    float square = average(rule.beta2(), v.getAtIndex(JAVA_FLOAT, i), gradient * gradient);
    float root = Math.fma((float) Math.sqrt(square), rootScale, (float) rule.epsilon());
    float kept = (float) (1 - learningRate * rule.weightDecay());
    m.setAtIndex(JAVA_FLOAT, i, mean);
    v.setAtIndex(JAVA_FLOAT, i, square);
    float weight = weights.getAtIndex(JAVA_FLOAT, i);
    weights.setAtIndex(JAVA_FLOAT, i, Math.fma(weight, kept, mean * rate / root));
  }

  private static float average(double kept, float old, float addend) {
    return Math.fma(old, (float) kept, addend * (float) (1 - kept));
  }

  private static FloatVector broadcast(double value) {
    return FloatVector.broadcast(SPECIES, (float) value);
  }

  private static FloatVector load(MemorySegment memory, long at) {
    return FloatVector.fromMemorySegment(SPECIES, memory, at, ORDER);
  }
}

package dev.gradus.compress;

import dev.gradus.equation.Shape;
import dev.gradus.text.Name;
import dev.gradus.text.Range;
import dev.gradus.text.RecordType;

/**
 * Every value beyond a threshold, sent as the threshold itself, which adapts to how many there are.
 *
 * <pre>
 * G = residue + gradient
 * sent: sign(G) × τ where |G| ≥ τ          residue = G − what is sent
 * τ ← 0.9659 × τ if less than one value in 10,000 was sent, τ ÷ 0.9659 if more than one in 100
 * </pre>
 *
 * <p>Cost: one pass; 4 bytes per value sent, or 2 bits per weight where that is less; 4 bytes
 * remembered per weight and worker.
 *
 * <p>Disagreements: Deeplearning4j packs what its updater made of a gradient, learning rate
 * included; here it is the gradient. It also clips residues at 5 τ every five steps, which loses
 * some; here nothing is lost.
 *
 * <p>Reference: Strom, Scalable Distributed DNN Training Using Commodity GPU Cloud Computing,
 * Interspeech 2015; EncodingHandler and AdaptiveThresholdAlgorithm of Deeplearning4j 1.0.0-beta7.
 *
 * @param first the threshold of the first step, in (0, ∞)
 */
@Name("threshold")
public record Threshold(@Range("(0, ∞)") double first) implements Compressor {

  /** Checks the range. */
  public Threshold {
    RecordType.check(Threshold.class, first);
  }

  /** Beginning at 0.001. */
  public Threshold() {
    this(1e-3);
  }

  @Override
  public Packing of(Shape shape) {
    return new ThresholdPacking(shape.size(), (float) first);
  }

  @Override
  public String toString() {
    return RecordType.of(Threshold.class).print(this);
  }
}

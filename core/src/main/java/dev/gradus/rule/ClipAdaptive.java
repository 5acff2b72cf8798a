package dev.gradus.rule;

import dev.gradus.equation.Expression;
import dev.gradus.equation.Inputs;
import dev.gradus.equation.Level;
import dev.gradus.equation.Rule;
import dev.gradus.equation.Update;
import dev.gradus.text.Name;
import dev.gradus.text.Range;
import dev.gradus.text.RecordType;

/**
 * Adaptive gradient clipping: bounds the step of each output unit by the norm of its weights.
 *
 * <p>Why: what is too large a gradient depends on the weight it changes; it lets networks without
 * normalisation train with large batches.
 *
 * <pre>u ← u × min(1, clipping × max(‖w‖, epsilon) ÷ max(‖u‖, 1e-6))   per row</pre>
 *
 * <p>Cost: one more pass, 2 floats per weight; no state.
 *
 * <p>Use it first in a pipeline, on networks without normalisation. The authors leave the last
 * layer out; do so through a group.
 *
 * <p>Disagreements: a vector is one row here; the authors take each of its entries as a unit.
 *
 * <p>Example: {@code clip-adaptive(0.02) | sgd(momentum=0.9, nesterov=true)}.
 *
 * <p>Reference: Brock et al., High-Performance Large-Scale Image Recognition Without Normalization,
 * ICML 2021.
 *
 * @param clipping the largest ratio of norms, in (0, ∞)
 * @param epsilon the smallest norm a weight counts with, in (0, ∞)
 */
@Name("clip-adaptive")
public record ClipAdaptive(@Range("(0, ∞)") double clipping, @Range("(0, ∞)") double epsilon)
    implements Rule {
  private static final double SMALLEST_STEP = 1e-6;

  /** Checks the ranges. */
  public ClipAdaptive {
    RecordType.check(ClipAdaptive.class, clipping, epsilon);
  }

  /** The paper's settings. */
  public ClipAdaptive() {
    this(0.01, 1e-3);
  }

  @Override
  public Update update(Inputs in) {
    Expression u = in.step();
    Expression bound = in.weight().norm(Level.ROW).atLeast(epsilon).times(clipping);
    Expression scale = bound.over(u.norm(Level.ROW).atLeast(SMALLEST_STEP)).atMost(1);
    return in.soFar().withStep(u.times(scale));
  }
}

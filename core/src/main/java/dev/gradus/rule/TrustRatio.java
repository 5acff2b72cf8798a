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
 * Scales each tensor's step to the norm of its weight.
 *
 * <p>Why: with large batches and learning rates some layers would be thrown far and others barely
 * move; a step in proportion to the weight suits all of them.
 *
 * <pre>
 * ratio = ‖w‖ ÷ ‖u‖, 1 if one of them is 0, then kept within [clipFloor, clipBound]
 * u ← ratio × u
 * </pre>
 *
 * <p>Cost: one more pass, 3 floats per weight; no state. Measured: {@code trustRatio}.
 *
 * <p>Use it behind a base and its decay: {@code adam | decay | trust-ratio} is LAMB. A clip bound
 * of 1, the LAMBC authors' choice, steadies training at little cost.
 *
 * <p>Disagreements: the paper's function of the norm is the identity here as in all code; clipping
 * acts on the ratio, not on the norm.
 *
 * <p>Example: {@code adam | decay(0.01) | trust-ratio(clipBound=1)}.
 *
 * <p>Reference: You et al., arXiv 1904.00962; Fong, Chen and Chen, arXiv 2011.13584.
 *
 * @param clipBound the largest ratio, in (0, ∞]
 * @param clipFloor the smallest ratio, in [0, ∞)
 */
@Name("trust-ratio")
public record TrustRatio(@Range("(0, ∞]") double clipBound, @Range("[0, ∞)") double clipFloor)
    implements Rule {
  /** Checks the ranges. */
  public TrustRatio {
    RecordType.check(TrustRatio.class, clipBound, clipFloor);
  }

  /** No clipping. */
  public TrustRatio() {
    this(Double.POSITIVE_INFINITY, 0);
  }

  @Override
  public Update update(Inputs in) {
    Expression u = in.step();
    Expression ratio =
        ratio(in.weight().norm(Level.TENSOR), u.norm(Level.TENSOR))
            .atLeast(clipFloor)
            .atMost(clipBound);
    return in.soFar().withStep(u.times(ratio)).withMeasured("trustRatio", ratio);
  }

  /** The quotient of two norms, 1 if one of them is 0. */
  static Expression ratio(Expression weight, Expression step) {
    return weight.minimum(step).above(0).choose(weight.over(step), Expression.constant(1));
  }
}

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
 * Scales a tensor's step down when its norm exceeds a bound, each tensor for itself.
 *
 * <p>Why: like {@link ClipNorm}, but no tensor waits for another, and one wild layer does not slow
 * the rest.
 *
 * <pre>u ← u × min(1, maxNorm ÷ ‖u‖)</pre>
 *
 * <p>Cost: one more pass, 1 float per weight; no state. Measured: {@code tensorNorm}.
 *
 * <p>Use it where layers differ much, or where a host shows one tensor at a time.
 *
 * <p>Disagreements: some libraries add a small number to the norm; nothing is added here.
 *
 * <p>Example: {@code clip-tensor(1) | adam}.
 *
 * <p>Reference: Pascanu, Mikolov and Bengio, ICML 2013, applied per tensor.
 *
 * @param maxNorm the bound, in (0, ∞)
 */
@Name("clip-tensor")
public record ClipTensor(@Range("(0, ∞)") double maxNorm) implements Rule {
  /** Checks the range. */
  public ClipTensor {
    RecordType.check(ClipTensor.class, maxNorm);
  }

  /** A bound of 1. */
  public ClipTensor() {
    this(1);
  }

  @Override
  public Update update(Inputs in) {
    Expression norm = in.step().norm(Level.TENSOR);
    Expression scale = Expression.constant(maxNorm).over(norm).atMost(1);
    return in.soFar().withStep(in.step().times(scale)).withMeasured("tensorNorm", norm);
  }
}

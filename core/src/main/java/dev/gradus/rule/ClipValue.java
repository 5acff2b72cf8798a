package dev.gradus.rule;

import dev.gradus.equation.Inputs;
import dev.gradus.equation.Rule;
import dev.gradus.equation.Update;
import dev.gradus.text.Name;
import dev.gradus.text.Range;
import dev.gradus.text.RecordType;

/**
 * Bounds every entry of a step from above and below.
 *
 * <p>Why: the simplest guard against single huge gradients. It changes the step's direction.
 *
 * <pre>u ← min(max(u, −maxValue), maxValue)</pre>
 *
 * <p>Cost: none beyond the pass; no state.
 *
 * <p>Use it first in a pipeline. {@link ClipNorm} keeps the direction.
 *
 * <p>Disagreements: none; some hosts clip the positive side only, which is a defect.
 *
 * <p>Example: {@code clip-value(0.5) | sgd(momentum=0.9)}.
 *
 * <p>Reference: torch.nn.utils.clip_grad_value_ of PyTorch 1.13.
 *
 * @param maxValue the bound, in (0, ∞)
 */
@Name("clip-value")
public record ClipValue(@Range("(0, ∞)") double maxValue) implements Rule {
  /** Checks the range. */
  public ClipValue {
    RecordType.check(ClipValue.class, maxValue);
  }

  /** A bound of 1. */
  public ClipValue() {
    this(1);
  }

  @Override
  public Update update(Inputs in) {
    return in.soFar().withStep(in.step().atLeast(-maxValue).atMost(maxValue));
  }
}

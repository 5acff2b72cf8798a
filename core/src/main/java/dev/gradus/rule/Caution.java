package dev.gradus.rule;

import dev.gradus.equation.Expression;
import dev.gradus.equation.Inputs;
import dev.gradus.equation.Level;
import dev.gradus.equation.Rule;
import dev.gradus.equation.Update;
import dev.gradus.text.Name;

/**
 * Leaves out the part of a step that points against the current gradient, and scales the rest up.
 *
 * <p>Why: where momentum and gradient disagree in sign, the step is likely to increase the loss.
 *
 * <pre>
 * k = 1 where u × g &gt; 0, otherwise 0
 * u ← u × k ÷ max(mean of k over the tensor, 0.001)
 * </pre>
 *
 * <p>Cost: one more pass; no state. Measured: {@code agreement}, the mean of k.
 *
 * <p>Use it behind a rule with momentum. Not behind plain gradient descent, where every sign
 * agrees.
 *
 * <p>Disagreements: implementations differ in what the mean is taken over and how small it may be;
 * here as in timm.
 *
 * <p>Example: {@code adam | caution | decay(0.01)}.
 *
 * <p>Reference: Liang et al., Cautious Optimizers, arXiv 2411.16085, in the form of timm.
 */
@Name("caution")
public record Caution() implements Rule {
  private static final double LEAST_AGREEMENT = 1e-3;

  @Override
  public Update update(Inputs in) {
    Expression u = in.step();
    // The sign instead of the gradient: a product of two tiny numbers would vanish.
    Expression agrees = u.times(in.gradient().sign()).above(0);
    Expression agreement = agrees.sum(Level.TENSOR).over(in.size());
    Expression scale = Expression.constant(1).over(agreement.atLeast(LEAST_AGREEMENT));
    return in.soFar().withStep(u.times(agrees).times(scale)).withMeasured("agreement", agreement);
  }
}

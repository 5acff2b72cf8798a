package dev.gradus.rule;

import dev.gradus.equation.Expression;
import dev.gradus.equation.Inputs;
import dev.gradus.equation.Level;
import dev.gradus.equation.Rule;
import dev.gradus.equation.State;
import dev.gradus.equation.Update;
import dev.gradus.text.Name;
import dev.gradus.text.Range;
import dev.gradus.text.RecordType;

/**
 * Adadelta: scales the gradient by the ratio of two running roots, that of its own steps and that
 * of the gradient.
 *
 * <p>Why: steps get the unit of the weights, so that a learning rate of 1 fits without tuning.
 *
 * <pre>
 * v′ = beta2 × v + (1 − beta2) × u²
 * δ  = √(d + epsilon) ÷ √(v′ + epsilon) × u        u ← δ
 * d′ = beta2 × d + (1 − beta2) × δ²
 * </pre>
 *
 * <p>Cost: 7 floats moved per weight in one pass; states {@code v} and {@code delta}.
 *
 * <p>Use it with learning rate 1 where nothing can be tuned. Adaptive rules with momentum usually
 * end better.
 *
 * <p>Disagreements: none known; the constant is called rho in PyTorch, whose defaults are taken.
 *
 * <p>Example: {@code adadelta(beta2=0.95)}.
 *
 * <p>Reference: Zeiler, ADADELTA, arXiv 1212.5701; torch.optim.Adadelta of PyTorch 1.13.
 *
 * @param beta2 the share of the old means, in [0, 1)
 * @param epsilon added under both roots, in (0, ∞)
 * @param weightDecay coupled L2 decay, in [0, ∞)
 */
@Name("adadelta")
public record AdaDelta(
    @Range("[0, 1)") double beta2,
    @Range("(0, ∞)") double epsilon,
    @Range("[0, ∞)") double weightDecay)
    implements Rule {

  /** Checks the ranges. */
  public AdaDelta {
    RecordType.check(AdaDelta.class, beta2, epsilon, weightDecay);
  }

  /** PyTorch's settings. */
  public AdaDelta() {
    this(0.9, 1e-6, 0);
  }

  @Override
  public Update update(Inputs in) {
    return in.through(new Decay(weightDecay), this::normalise);
  }

  private Update normalise(Inputs in) {
    Expression u = in.step();
    State v = in.state("v", Level.ELEMENT, 2);
    State delta = in.state("delta", Level.ELEMENT, 0);
    Expression square = v.old().average(u.square(), beta2);
    Expression ratio =
        delta.old().plus(epsilon).squareRoot().over(square.plus(epsilon).squareRoot());
    Expression step = ratio.times(u);
    return in.soFar()
        .withStep(step)
        .withNext(v, square)
        .withNext(delta, delta.old().average(step.square(), beta2));
  }
}

package dev.gradus.rule;

import dev.gradus.equation.Expression;
import dev.gradus.equation.Facts;
import dev.gradus.equation.Inputs;
import dev.gradus.equation.Level;
import dev.gradus.equation.Rule;
import dev.gradus.equation.Sensitivity;
import dev.gradus.equation.State;
import dev.gradus.equation.Update;
import dev.gradus.text.Name;

/**
 * Keeps, for every weight, how far the step so far follows the gradient; the step stays as it is.
 *
 * <p>Why: who asks how a change of the gradient moves the weights, as a learning rate per training
 * instance does, needs that factor, and it differs from rule to rule: 1 for SGD, the new average's
 * share over the root for Adam.
 *
 * <pre>
 * d′ = ∂u ÷ ∂g, with divisors, roots and folds taken as given; d where g = 0; 1 before the first step
 * </pre>
 *
 * <p>A weight that never had a gradient would have a divisor of almost nothing, and a factor beside
 * which all others vanish, though no example moves it: so a gradient of 0 leaves the factor as it
 * is.
 *
 * <p>Cost: one float more stored per weight; state {@code preconditioner}.
 *
 * <p>Use it at the end of a pipeline; it is not in the catalogue, since it changes no weight.
 */
@Name("preconditioner")
public record Preconditioner() implements Rule {
  /** What the state is called. */
  public static final String STATE = "preconditioner";

  @Override
  public Update update(Inputs in) {
    Update soFar = in.soFar();
    Expression slope = Sensitivity.of(soFar.corrected(), Facts.GRADIENT);
    State kept = in.state(STATE, Level.ELEMENT, 0, Expression.constant(1));
    return soFar.withNext(kept, in.gradient().is(0).choose(kept.old(), slope));
  }
}

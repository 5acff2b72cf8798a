package dev.gradus.rule;

import dev.gradus.equation.Expression;
import dev.gradus.equation.Inputs;
import dev.gradus.equation.Level;
import dev.gradus.equation.Rule;
import dev.gradus.equation.Update;
import dev.gradus.text.Name;

/**
 * Gradient centralisation: subtracts from each output unit's step its mean.
 *
 * <p>Why: it keeps the sum of a unit's weights constant, which smooths the landscape of
 * convolutional networks a little, for free.
 *
 * <pre>u ← u − mean of u over the row</pre>
 *
 * <p>Tensors of rank 0 and 1 are left alone.
 *
 * <p>Cost: one more pass, 1 float per weight; no state.
 *
 * <p>Use it first in a pipeline on convolutional networks. Not on embeddings, whose rows have few
 * non-zero gradients.
 *
 * <p>Disagreements: some ports centralise the step behind the base; the place in the pipeline says
 * which.
 *
 * <p>Example: {@code centralise | adamw}.
 *
 * <p>Reference: Yong et al., Gradient Centralization, ECCV 2020.
 */
@Name("centralise")
public record Centralise() implements Rule {
  @Override
  public Update update(Inputs in) {
    Expression u = in.step();
    return in.rank() < 2
        ? in.soFar()
        : in.soFar().withStep(u.minus(u.sum(Level.ROW).over(in.columns())));
  }
}

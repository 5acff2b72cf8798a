package dev.gradus.rule;

import dev.gradus.equation.Expression;
import dev.gradus.equation.Inputs;
import dev.gradus.equation.Rule;
import dev.gradus.equation.Update;
import dev.gradus.text.Name;
import dev.gradus.text.Range;
import dev.gradus.text.RecordType;

/**
 * Weight decay: pulls every weight towards 0 in proportion to its size.
 *
 * <p>Why: it bounds the weights' norm, which regularises and, before a normalisation layer, keeps
 * the effective learning rate from dying away.
 *
 * <pre>u ← u + weightDecay × decayFactor × w</pre>
 *
 * <p>Its place says which kind it is. Left of a rule with moments ({@code decay | adam}) it is L2
 * regularisation and enters the moments; right of it ({@code adam | decay}) it is decoupled, as in
 * AdamW. The decay factor is 1 unless a {@link Project} to its left has set it. After a rule that
 * puts the learning rate in, it still subtracts learningRate × weightDecay × w.
 *
 * <p>Cost: none, the weight is read anyway; no state.
 *
 * <p>Use it behind an adaptive base, and left of plain momentum if settings come from PyTorch's
 * SGD. Groups leave it out for biases and parameters of normalisation layers unless told otherwise.
 *
 * <p>Disagreements: some libraries multiply decoupled decay by the schedule only, not by the
 * learning rate; here, as in PyTorch, the learning rate is in it.
 *
 * <p>Example: {@code adam | decay(0.05)}.
 *
 * <p>Reference: Loshchilov and Hutter, Decoupled Weight Decay Regularization, ICLR 2019.
 *
 * @param weightDecay the strength, per unit of learning rate, in [0, ∞)
 */
@Name("decay")
public record Decay(@Range("[0, ∞)") double weightDecay) implements Rule {
  /** Checks the range. */
  public Decay {
    RecordType.check(Decay.class, weightDecay);
  }

  /** The strength that the AdamW paper's authors and PyTorch take. */
  public Decay() {
    this(0.01);
  }

  @Override
  public Update update(Inputs in) {
    return update(in, Expression.constant(1));
  }

  /** Decays by the strength divided by a scalar. */
  Update update(Inputs in, Expression divisor) {
    if (weightDecay == 0) {
      return in.soFar();
    }
    Expression strength = Expression.constant(weightDecay).over(divisor);
    return in.plusStep(in.weight().times(in.soFar().decayFactor().times(strength)));
  }
}

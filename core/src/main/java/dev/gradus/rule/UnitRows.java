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
import java.util.Map;

/**
 * Weight rescaling: after the step, brings every row of a weight back to norm 1.
 *
 * <p>Why: before a normalisation layer the length of a row does not matter to the network, only to
 * the effective learning rate. Fixing it replaces weight decay and its tuning.
 *
 * <pre>
 * every N-th step:  w′ ← w′ ÷ ‖w′‖ per row (filter), unless ‖w′‖ ≤ 1e-12
 * with rescale:     a state of degree d is multiplied by ‖w′‖ᵈ
 * </pre>
 *
 * <p>A row is all weights of one output unit. Rescaling the states keeps the path of a
 * scale-invariant network unchanged: a weight divided by n sees gradients n times as large. Tensors
 * of rank 0 and 1 are left alone.
 *
 * <p>Cost: one more pass and 2 floats per weight in the steps where it acts, nothing in the others;
 * no state.
 *
 * <p>Use it on weights that feed a normalisation layer, through a group of their own. Not on the
 * last layer or before an activation without normalisation: there the length matters.
 *
 * <p>Disagreements: the paper could not be read in full; frequency and granularity are options, and
 * acting on filters in every step is our default.
 *
 * <p>Example: {@code adam | unit-rows}.
 *
 * <p>Reference: Liu et al., The Implicit Biases of Stochastic Gradient Descent on Deep Neural
 * Networks with Batch Normalization, arXiv 2102.03497.
 *
 * @param every act in steps divisible by this, at least 1
 * @param rescale whether states follow the weight
 */
@Name("unit-rows")
public record UnitRows(@Range("[1, ∞)") long every, boolean rescale) implements Rule {
  private static final double SMALLEST = 1e-12;
  private static final Expression ONE = Expression.constant(1);

  /** Checks the range. */
  public UnitRows {
    RecordType.check(UnitRows.class, every, rescale);
  }

  /** In every step, states left as they are. */
  public UnitRows() {
    this(1, false);
  }

  @Override
  public Update update(Inputs in) {
    if (in.rank() < 2) {
      return in.soFar();
    }
    Expression weight = in.newWeight();
    Expression norm = weight.norm(Level.ROW);
    Expression length = norm.above(SMALLEST).choose(norm, ONE);
    Expression due = in.sharedSteps().remainder((double) every).is(0);
    Expression unit = weight.times(ONE.over(length));
    Update update = in.soFar().withNewWeight(due.choose(unit, weight));
    return rescale ? withRescaledStates(in, update, due, length) : update;
  }

  private static Update withRescaledStates(
      Inputs in, Update update, Expression due, Expression length) {
    Update result = update;
    for (Map.Entry<State, Expression> entry : in.soFar().next().entrySet()) {
      Expression scaled = entry.getValue();
      for (int i = 0; i < entry.getKey().degree(); i++) {
        scaled = scaled.times(length);
      }
      result = result.withNext(entry.getKey(), due.choose(scaled, entry.getValue()));
    }
    return result;
  }
}

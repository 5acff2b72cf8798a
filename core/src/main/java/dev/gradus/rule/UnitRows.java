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
 * every N-th step:  w′ ← w′ ÷ n, n = ‖w′‖ per row (filter), unless n ≤ 1e-12
 * per=layer:        n = ‖w′‖ ÷ √rows of the whole tensor, so that rows have norm 1 on average
 * with rescale:     a state of degree d is multiplied by nᵈ
 * action start:     the same before the first step
 * </pre>
 *
 * <p>A row is all weights of one output unit. Rescaling the states keeps the path of a
 * scale-invariant network unchanged: a weight divided by n sees gradients n times as large. Tensors
 * of rank 0 and 1 are left alone.
 *
 * <p>Cost: one more pass and 2 floats per weight in the steps where it acts, nothing in the others;
 * no state.
 *
 * <p>Use it in place of weight decay on networks with batch normalisation; training applies it only
 * to weights that feed a normalisation layer. Elsewhere, as in the last layer, the length matters.
 * With layer normalisation only per=layer leaves the output unchanged.
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
 * @param per what is brought to norm 1
 * @param everywhere whether training applies it to every weight of its group
 */
@Name("unit-rows")
public record UnitRows(@Range("[1, ∞)") long every, boolean rescale, Per per, boolean everywhere)
    implements Rule {
  private static final double SMALLEST = 1e-12;
  private static final Expression ONE = Expression.constant(1);

  /** What is brought to norm 1. */
  public enum Per {
    /** Each row. */
    FILTER,
    /** The tensor, to the norm that rows of norm 1 give it. */
    LAYER
  }

  /** Checks the range. */
  public UnitRows {
    RecordType.check(UnitRows.class, every, rescale, per, everywhere);
  }

  /** Each filter in every step, states left as they are. */
  public UnitRows() {
    this(1, false, Per.FILTER, false);
  }

  @Override
  public Update update(Inputs in) {
    if (in.rank() < 2) {
      return in.soFar();
    }
    Expression weight = in.newWeight();
    Expression length = length(in);
    Expression due = in.sharedSteps().remainder((double) every).is(0);
    Update update = in.soFar().withNewWeight(due.choose(weight.times(ONE.over(length)), weight));
    return rescale ? withRescaledStates(update, due, length) : update;
  }

  @Override
  public Map<String, Rule> actions() {
    return Map.of("start", this::start);
  }

  private Update start(Inputs in) {
    return in.rank() < 2
        ? in.soFar()
        : in.soFar().withNewWeight(in.newWeight().times(ONE.over(length(in))));
  }

  private Expression length(Inputs in) {
    Expression norm = in.newWeight().norm(per == Per.FILTER ? Level.ROW : Level.TENSOR);
    Expression rows = in.size().over(in.columns());
    Expression length = per == Per.FILTER ? norm : norm.over(rows.squareRoot());
    return norm.above(SMALLEST).choose(length, ONE);
  }

  private static Update withRescaledStates(Update update, Expression due, Expression length) {
    Update result = update;
    for (Map.Entry<State, Expression> entry : update.next().entrySet()) {
      int degree = entry.getKey().degree();
      Expression scaled = entry.getValue();
      for (int power = 0; power < degree; power++) {
        scaled = scaled.times(length);
      }
      for (int power = 0; power > degree; power--) {
        scaled = scaled.over(length);
      }
      result = result.withNext(entry.getKey(), due.choose(scaled, entry.getValue()));
    }
    return result;
  }
}

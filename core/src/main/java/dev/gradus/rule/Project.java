package dev.gradus.rule;

import dev.gradus.equation.Expression;
import dev.gradus.equation.Inputs;
import dev.gradus.equation.Level;
import dev.gradus.equation.Rule;
import dev.gradus.equation.State;
import dev.gradus.equation.Update;
import dev.gradus.schedule.Constant;
import dev.gradus.schedule.Schedule;
import dev.gradus.text.Name;
import dev.gradus.text.Range;
import dev.gradus.text.RecordType;

/**
 * Removes the part of a step along the weight itself, on weights whose scale does not matter.
 *
 * <p>Why: before a normalisation layer only the direction of a weight counts. Momentum still adds
 * steps that lengthen it, and a longer weight turns more slowly: the effective learning rate decays
 * too early. The projected step turns the weight at the same length.
 *
 * <pre>
 * cosine = |⟨g, w⟩| ÷ (max(‖g‖, epsilon) × max(‖w‖, epsilon))   per row, then for the whole tensor
 * rows fire:   every row's cosine &lt; delta ÷ √columns
 * tensor fires: otherwise, the tensor's cosine &lt; delta ÷ √size
 * u ← u − w × ⟨w, u⟩ ÷ (‖w‖ + epsilon)²    per row or for the tensor, whichever fired
 * decayFactor ← decayRatio if it fired
 * </pre>
 *
 * <p>A gradient nearly orthogonal to the weight is the mark of a scale-invariant weight. The test
 * looks at the raw gradient, wherever the rule stands. Tensors of rank 0 and 1 are left alone.
 *
 * <p>Cost: one more pass, 2 to 3 floats per weight; no state. Measured: {@code projected}, 1 if it
 * fired.
 *
 * <p>Use it behind any base on networks with normalisation layers. Without them it rarely fires.
 *
 * <p>Disagreements: the authors' SGDP projects the momentum buffer itself, the paper and timm only
 * the step; the option {@code buffer} says which. A weight decay left of this rule is removed again
 * where it fires.
 *
 * <p>Example: {@code adam | project | decay(0.01)}.
 *
 * <p>Reference: Heo et al., AdamP, ICLR 2021, and the authors' code.
 *
 * @param delta how nearly orthogonal a gradient must be, in [0, ∞); a schedule may change it
 * @param decayRatio the factor of a later weight decay where it fires, in [0, 1]
 * @param epsilon lower bound of the norms, in [0, ∞)
 * @param buffer whether a state that is the step itself loses its radial part too
 */
@Name("project")
public record Project(
    @Range("[0, ∞)") Schedule delta,
    @Range("[0, 1]") double decayRatio,
    @Range("[0, ∞)") double epsilon,
    boolean buffer)
    implements Rule {

  private static final Expression ZERO = Expression.constant(0);

  /** Checks the ranges. */
  public Project {
    RecordType.check(Project.class, delta, decayRatio, epsilon, buffer);
  }

  /** The authors' settings. */
  public Project() {
    this(new Constant(0.1), 0.1, 1e-8, false);
  }

  @Override
  public Update update(Inputs in) {
    Expression u = in.step();
    if (in.rank() < 2) {
      return in.soFar();
    }
    Expression rowsFire =
        cosine(in, Level.ROW).largest(Level.TENSOR).below(threshold(in, in.columns()));
    Expression tensorFires = cosine(in, Level.TENSOR).below(threshold(in, in.size()));
    Expression share =
        rowsFire.choose(
            share(in, u, Level.ROW), tensorFires.choose(share(in, u, Level.TENSOR), ZERO));
    Expression fired = rowsFire.maximum(tensorFires);
    Expression projected = u.minus(in.weight().times(share));
    Update update =
        in.soFar()
            .withStep(projected)
            .withDecayFactor(fired.choose(Expression.constant(decayRatio), Expression.constant(1)))
            .withMeasured("projected", fired);
    return buffer ? withProjectedBuffer(in, update, u) : update;
  }

  private Expression threshold(Inputs in, Expression count) {
    return in.setting("delta", delta).over(count.squareRoot());
  }

  private Expression cosine(Inputs in, Level of) {
    Expression product = in.gradient().times(in.weight()).sum(of).absolute();
    Expression norms =
        in.gradient().norm(of).atLeast(epsilon).times(in.weight().norm(of).atLeast(epsilon));
    return product.over(norms);
  }

  private Expression share(Inputs in, Expression u, Level of) {
    Expression length = in.weight().norm(of).plus(epsilon);
    return in.weight().times(u).sum(of).over(length.square());
  }

  private static Update withProjectedBuffer(Inputs in, Update update, Expression step) {
    Update result = update;
    for (State state : in.soFar().next().keySet()) {
      if (in.soFar().next().get(state) == step) {
        result = result.withNext(state, update.step());
      }
    }
    return result;
  }
}

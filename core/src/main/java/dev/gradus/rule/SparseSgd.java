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
 * Momentum for weights of which a step touches few, such as rows of an embedding or a number for
 * every training instance: where the gradient is exactly 0 nothing moves.
 *
 * <p>Why: plain momentum goes on pushing a weight for many steps in which nothing was learned of
 * it, and lets its buffer fade meanwhile.
 *
 * <pre>
 * where g ≠ 0:  b′ = momentum × b + (1 − dampening) × g
 *               u′ = b′                      nesterov: u′ = g + momentum × b′
 * where g = 0:  b′ = b, u′ = 0
 * </pre>
 *
 * <p>Cost: 5 floats moved per weight in one pass; state {@code buffer}.
 *
 * <p>Use it for weights with many zero gradients. Not where a zero is a gradient like any other.
 *
 * <p>Disagreements: dampening is not applied in a tensor's first step; a weight that is touched for
 * the first time later gets it, as in the authors' code.
 *
 * <p>Example: {@code sparse-sgd(momentum=0.9)}.
 *
 * <p>Reference: Saxena, Tuzel and DeCoste, Data Parameters: A New Family of Parameters for Learning
 * a Differentiable Curriculum, NeurIPS 2019, in the form of the authors' code.
 *
 * @param momentum the share of the old buffer, in [0, 1); a schedule may change it
 * @param dampening how much of a new step is left out of the buffer, in [0, 1]
 * @param nesterov whether to look one step ahead
 * @param skipZeroGradients whether zero gradients change nothing; without it this is momentum
 */
@Name("sparse-sgd")
public record SparseSgd(
    @Range("[0, 1)") Schedule momentum,
    @Range("[0, 1]") double dampening,
    boolean nesterov,
    boolean skipZeroGradients)
    implements Rule {

  /** Checks the ranges. */
  public SparseSgd {
    RecordType.check(SparseSgd.class, momentum, dampening, nesterov, skipZeroGradients);
  }

  /** Momentum of 0.9 that skips zeros. */
  public SparseSgd() {
    this(new Constant(0.9), 0, false, true);
  }

  @Override
  public Update update(Inputs in) {
    var plain = new Momentum(momentum, dampening, nesterov, Momentum.First.GRADIENT);
    return skipZeroGradients && momentum.highest() > 0 ? whereTouched(in) : plain.update(in);
  }

  private Update whereTouched(Inputs in) {
    Expression u = in.step();
    Expression untouched = u.is(0);
    State buffer = in.state("buffer", Level.ELEMENT, in.stepDegree());
    Expression share =
        in.steps().is(1).choose(Expression.constant(1), Expression.constant(1 - dampening));
    Expression kept = in.setting("momentum", momentum);
    Expression next = buffer.old().times(kept).plus(u.times(share));
    Expression step = nesterov ? u.plus(next.times(kept)) : next;
    return in.soFar()
        .withStep(untouched.choose(Expression.constant(0), step))
        .withNext(buffer, untouched.choose(buffer.old(), next));
  }
}

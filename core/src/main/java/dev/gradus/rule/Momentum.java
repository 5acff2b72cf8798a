package dev.gradus.rule;

import dev.gradus.equation.Expression;
import dev.gradus.equation.Inputs;
import dev.gradus.equation.Level;
import dev.gradus.equation.Rule;
import dev.gradus.equation.Update;
import dev.gradus.schedule.Constant;
import dev.gradus.schedule.Schedule;
import dev.gradus.text.Name;
import dev.gradus.text.Range;
import dev.gradus.text.RecordType;

/**
 * Momentum: a running sum of steps.
 *
 * <p>Why: it averages noise away and builds up speed along directions that persist.
 *
 * <pre>
 * b′ = momentum × b + k × u      k = 1 − dampening, or 1 in the first step if first = gradient
 * u ← b′, or u + momentum × b′ with nesterov
 * </pre>
 *
 * <p>b is the buffer. With dampening 0 the buffer settles at 1/(1 − momentum) times the step, so
 * the learning rate acts that much stronger than without momentum.
 *
 * <p>Cost: 5 floats moved per weight in one pass; state {@code buffer}, one float per weight. With
 * momentum 0 and first = gradient there is no buffer and no cost.
 *
 * <p>Use it behind any rule that scales the step. Not behind a rule that averages already (Adam):
 * the two averages add lag.
 *
 * <p>Disagreements: PyTorch's first buffer is the gradient itself, without dampening; the authors
 * of SGDP dampen it too; those of the hybrid update don't look ahead in the first step. The option
 * {@code first} says which.
 *
 * <p>Example: {@code clip-norm(1) | momentum(momentum=0.9, nesterov=true)}.
 *
 * <p>Reference: Sutskever et al., On the importance of initialization and momentum in deep
 * learning, ICML 2013, in the form of torch.optim.SGD.
 *
 * @param momentum the share of the old buffer, in [0, 1); a schedule may change it
 * @param dampening how much of a new step is left out, in [0, 1]
 * @param nesterov whether to look one step ahead
 * @param first what the buffer holds after a tensor's first step
 */
@Name("momentum")
public record Momentum(
    @Range("[0, 1)") Schedule momentum,
    @Range("[0, 1]") double dampening,
    boolean nesterov,
    First first)
    implements Rule {

  /** What the buffer holds after a tensor's first step. */
  public enum First {
    /** The step itself, as in PyTorch. */
    GRADIENT,
    /** The step itself, and nesterov looks ahead from the second step on. */
    PLAIN,
    /** The dampened step, as in every other step; the buffer is kept even with momentum 0. */
    DAMPENED
  }

  /** Checks the ranges. */
  public Momentum {
    RecordType.check(Momentum.class, momentum, dampening, nesterov, first);
  }

  /**
   * The same momentum in every step.
   *
   * @param momentum the share of the old buffer, in [0, 1)
   * @param dampening how much of a new step is left out, in [0, 1]
   * @param nesterov whether to look one step ahead
   * @param first what the buffer holds after a tensor's first step
   */
  public Momentum(double momentum, double dampening, boolean nesterov, First first) {
    this(new Constant(momentum), dampening, nesterov, first);
  }

  /** Plain momentum of 0.9. */
  public Momentum() {
    this(0.9, 0, false, First.GRADIENT);
  }

  @Override
  public Update update(Inputs in) {
    return momentum.highest() == 0 && first != First.DAMPENED ? in.soFar() : of(in, in.step());
  }

  /** The same with another step than the one so far. */
  Update of(Inputs in, Expression u) {
    var buffer = in.state("buffer", Level.ELEMENT, in.stepDegree());
    Expression kept = in.setting("momentum", momentum);
    Expression next = buffer.old().times(kept).plus(u.times(share(in)));
    Expression step = nesterov ? u.plus(next.times(ahead(in, kept))) : next;
    return in.soFar().withStep(step).withNext(buffer, next);
  }

  private Expression ahead(Inputs in, Expression kept) {
    return first == First.PLAIN ? in.steps().is(1).choose(Expression.constant(0), kept) : kept;
  }

  private Expression share(Inputs in) {
    Expression dampened = Expression.constant(1 - dampening);
    return first == First.DAMPENED
        ? dampened
        : in.steps().is(1).choose(Expression.constant(1), dampened);
  }
}

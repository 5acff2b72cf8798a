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
 * RSG: momentum whose gradient is taken at a remote observation point.
 *
 * <p>Why: looking further ahead than Nesterov does damps the oscillation of a strong momentum, so
 * that an average over a thousand steps can be used; on a quadratic bowl the error then falls with
 * the root of the condition number.
 *
 * <pre>
 * m′ = beta1 × m + (1 − beta1) × u
 * u ← (1 − mu) × m′ + mu × u
 * </pre>
 *
 * <p>The weights kept are the observation point itself, so nothing is evaluated twice. mu is the
 * observation factor: 0 is heavy ball, 1 − beta1 is Nesterov, 1 is plain gradient descent.
 *
 * <p>Cost: 5 floats moved per weight in one pass; state {@code m}.
 *
 * <p>Use it with a learning rate 1 ÷ (1 − beta1) times that of {@link Sgd}'s momentum, because m is
 * an average and not a sum: rates of 1 to 5 are normal.
 *
 * <p>Disagreements: none; the authors' file stores the sum instead of the average.
 *
 * <p>Example: {@code rsg(beta1=0.99, mu=0.05)}; {@code rsg(mu=milestones(0.05, 6000: 0.1))} doubles
 * the observation factor after 6000 steps.
 *
 * <p>Reference: Chen et al., arXiv 1905.01422, and the authors' code.
 *
 * @param beta1 the share of the old mean, in [0, 1)
 * @param mu the observation factor, in [0, 1]; a schedule may change it
 * @param weightDecay coupled L2 decay, in [0, ∞)
 */
@Name("rsg")
public record Rsg(
    @Range("[0, 1)") double beta1,
    @Range("[0, 1]") Schedule mu,
    @Range("[0, ∞)") double weightDecay)
    implements Rule {

  /** Checks the ranges. */
  public Rsg {
    RecordType.check(Rsg.class, beta1, mu, weightDecay);
  }

  /** The authors' settings. */
  public Rsg() {
    this(0.999, new Constant(0.1), 0);
  }

  @Override
  public Update update(Inputs in) {
    return in.through(new Decay(weightDecay), this::remote);
  }

  /** The mean and the step so far, mixed by the observation factor. */
  static Expression observed(Inputs in, Expression mean, Schedule mu) {
    Expression factor = in.setting("mu", mu);
    return mean.times(Expression.constant(1).minus(factor)).plus(in.step().times(factor));
  }

  private Update remote(Inputs in) {
    Expression u = in.step();
    State m = in.state("m", Level.ELEMENT, 1);
    Expression mean = m.old().average(u, beta1);
    return in.soFar().withStep(observed(in, mean, mu)).withNext(m, mean);
  }
}

package dev.gradus.rule;

import dev.gradus.equation.Expression;
import dev.gradus.equation.Inputs;
import dev.gradus.equation.Rule;
import dev.gradus.equation.Update;
import dev.gradus.schedule.Constant;
import dev.gradus.schedule.Schedule;
import dev.gradus.text.Name;
import dev.gradus.text.Range;
import dev.gradus.text.RecordType;

/**
 * SGDP: momentum whose step loses its radial part on scale-invariant weights.
 *
 * <p>Why: see {@link Project}. With momentum μ the squared norm of such weights grows up to 1 +
 * 2μ/(1 − μ) times as fast as without; the projection takes that growth away.
 *
 * <pre>
 * sgdp = momentum(momentum, dampening, nesterov, first=dampened)
 *      | project(delta, decayRatio, buffer = projectBuffer unless nesterov)
 *      | decay(weightDecay ÷ (1 − momentum))
 * </pre>
 *
 * <p>The decay is decoupled; dividing it by 1 − momentum gives it the strength of PyTorch's coupled
 * decay.
 *
 * <p>Cost: 8 floats moved per weight in two passes, 7 without nesterov and projectBuffer; state
 * {@code buffer}.
 *
 * <p>Use it where momentum SGD is used and most weights feed a normalisation layer.
 *
 * <p>Disagreements: the authors' code projects the buffer itself when nesterov is off, because step
 * and buffer are one array there; the paper and timm don't. Option projectBuffer chooses; its
 * default is the authors' code. Dampening acts in the first step too.
 *
 * <p>Example: {@code sgdp(momentum=0.9, nesterov=true, weightDecay=1e-5)}.
 *
 * <p>Reference: Heo et al., AdamP, ICLR 2021, and the authors' code.
 *
 * @param momentum the share of the old buffer, in [0, 1); a schedule may change it
 * @param dampening how much of a new step is left out of the buffer, in [0, 1]
 * @param nesterov whether to look one step ahead
 * @param epsilon lower bound of norms, in (0, ∞)
 * @param weightDecay decoupled decay before its division by 1 − momentum, in [0, ∞)
 * @param delta how nearly orthogonal a gradient must be, in [0, ∞); a schedule may change it
 * @param decayRatio the decay's factor where the projection fires, in [0, 1]
 * @param projectBuffer whether the buffer itself is projected
 */
@Name("sgdp")
public record SgdP(
    @Range("[0, 1)") Schedule momentum,
    @Range("[0, 1]") double dampening,
    boolean nesterov,
    @Range("(0, ∞)") double epsilon,
    @Range("[0, ∞)") double weightDecay,
    @Range("[0, ∞)") Schedule delta,
    @Range("[0, 1]") double decayRatio,
    boolean projectBuffer)
    implements Rule {

  /** Checks the ranges. */
  public SgdP {
    RecordType.check(
        SgdP.class,
        momentum,
        dampening,
        nesterov,
        epsilon,
        weightDecay,
        delta,
        decayRatio,
        projectBuffer);
  }

  /** The settings the authors recommend. */
  public SgdP() {
    this(new Constant(0.9), 0, true, 1e-8, 1e-5, new Constant(0.1), 0.1, true);
  }

  @Override
  public Update update(Inputs in) {
    return in.through(
        new Momentum(momentum, dampening, nesterov, Momentum.First.DAMPENED),
        new Project(delta, decayRatio, epsilon, projectBuffer && !nesterov),
        this::decay);
  }

  /** Decay with the strength of PyTorch's coupled one. */
  private Update decay(Inputs in) {
    Expression rest = Expression.constant(1).minus(in.setting("momentum", momentum));
    return new Decay(weightDecay).update(in, rest);
  }
}

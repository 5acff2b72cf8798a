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
import java.util.Map;

/**
 * ARSG: {@link Rsg} divided by the root of a mean square, as in {@link Adam}.
 *
 * <p>Why: the well-damped momentum of the remote observation point, with a rate for every weight.
 *
 * <pre>
 * m′ = beta1 × m + (1 − beta1) × u        v′ = beta2 × v + (1 − beta2) × u²
 * with amsgrad:    vMax′ = max(vMax, v′, epsilon), vMax starting at epsilon
 *                  u ← ((1 − mu) × m′ + mu × u) ÷ √vMax′
 * action restart:  vMax ← max(v, epsilon), which forgets old large gradients
 * without:         u ← ((1 − mu) × m′ ÷ (1 − beta1ᵗ) + mu × u) ÷ (√v′ ÷ √(1 − beta2ᵗ) + epsilon)
 * </pre>
 *
 * <p>With amsgrad moments are not corrected; mu × u carries the first steps.
 *
 * <p>Cost: 9 floats moved per weight in one pass, states {@code m}, {@code v} and {@code vMax};
 * without amsgrad 7 floats and no vMax.
 *
 * <p>Use it with a learning rate of {1, 2, 5} × 10ᵏ in [0.001, 0.1]; epsilon 1e-3 is the fine mode.
 *
 * <p>Disagreements: with amsgrad epsilon is a floor under the root, and nothing is added to it:
 * 1e-8 bounds the divisor by 1e-4. The authors' file resets hyper-parameters and reuses stale
 * gradients in places; those defects are not copied.
 *
 * <p>Example: {@code arsg(mu=0.05)}.
 *
 * <p>Reference: Chen et al., arXiv 1905.01422, and the authors' code.
 *
 * @param beta1 the share of the old mean, in [0, 1)
 * @param beta2 the share of the old mean square, in [0, 1)
 * @param mu the observation factor, in [0, 1]; a schedule may change it
 * @param epsilon the floor under the root, or added to it without amsgrad, in (0, ∞)
 * @param weightDecay coupled L2 decay, in [0, ∞)
 * @param amsgrad whether the mean square may only grow
 * @param lookaheadSteps how often the authors' own lookahead acts; below 2 for never
 * @param lookaheadAlpha how far it goes, in [0, 1]
 */
@Name("arsg")
public record Arsg(
    @Range("[0, 1)") double beta1,
    @Range("[0, 1)") double beta2,
    @Range("[0, 1]") Schedule mu,
    @Range("(0, ∞)") double epsilon,
    @Range("[0, ∞)") double weightDecay,
    boolean amsgrad,
    @Range("[0, ∞)") long lookaheadSteps,
    @Range("[0, 1]") double lookaheadAlpha)
    implements Rule {

  /** Checks the ranges. */
  public Arsg {
    RecordType.check(
        Arsg.class,
        beta1,
        beta2,
        mu,
        epsilon,
        weightDecay,
        amsgrad,
        lookaheadSteps,
        lookaheadAlpha);
  }

  /** The authors' settings. */
  public Arsg() {
    this(0.999, 0.99, new Constant(0.1), 1e-8, 0, true, 0, 0.5);
  }

  @Override
  public Update update(Inputs in) {
    return in.through(new Decay(weightDecay), this::remote, lookahead());
  }

  private Rule lookahead() {
    return lookaheadSteps > 1
        ? new Lookahead(lookaheadSteps, lookaheadAlpha, Lookahead.Start.INITIAL_WEIGHTS)
        : Inputs::soFar;
  }

  @Override
  public Map<String, Rule> actions() {
    return amsgrad ? Map.of("restart", this::restart) : Map.of();
  }

  private Update restart(Inputs in) {
    State v = in.state("v", Level.ELEMENT, 2);
    return in.soFar().withNext(vMax(in), v.old().atLeast(epsilon));
  }

  private State vMax(Inputs in) {
    return in.state("vMax", Level.ELEMENT, 2, Expression.constant(epsilon));
  }

  private Update remote(Inputs in) {
    var moments = Moments.of(in, beta1, beta2);
    return amsgrad ? floored(in, moments) : corrected(in, moments);
  }

  private Update floored(Inputs in, Moments moments) {
    State vMax = vMax(in);
    Expression largest = vMax.old().maximum(moments.square()).atLeast(epsilon);
    Expression step = Rsg.observed(in, moments.mean(), mu).over(largest.squareRoot());
    return moments.keptBy(in).withNext(vMax, largest).withStep(step);
  }

  private Update corrected(Inputs in, Moments moments) {
    Expression correction = BiasCorrection.of(beta2, in.steps()).squareRoot();
    Expression root = moments.square().squareRoot().times(correction).plus(epsilon);
    Expression mean = moments.mean().times(BiasCorrection.of(beta1, in.steps()));
    return moments.keptBy(in).withStep(Rsg.observed(in, mean, mu).over(root));
  }
}

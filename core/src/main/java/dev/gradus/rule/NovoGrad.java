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

/**
 * NovoGrad: normalises the gradient of each tensor by a running mean of its squared norm, then
 * averages.
 *
 * <p>Why: one number per tensor instead of one per weight: half of Adam's memory, no warm-up, and a
 * scale of the loss that does not matter.
 *
 * <pre>
 * n  = ‖u‖²        v′ = n while v is 0, otherwise beta2 × v + (1 − beta2) × n
 * x  = u ÷ (√v′ + epsilon) + weightDecay × w
 * m′ = beta1 × m + x, or beta1 × m + (1 − beta1) × x with gradAveraging
 * u ← m′
 * with luc:  w′ = w − min(learningRate, lucTrust × ‖w‖ ÷ (‖m′‖ + lucEpsilon)) × m′
 * </pre>
 *
 * <p>The decay enters the momentum, so in the long run it shrinks weights by weightDecay ÷ (1 −
 * beta1). With amsgrad √vMax′ with vMax′ = max(vMax, v′) divides instead.
 *
 * <p>Cost: 6 floats moved per weight in two passes, with luc 8 in three; states {@code m}, one
 * float per weight, and {@code v}, one number per tensor, with amsgrad also {@code vMax}.
 *
 * <p>Use it for speech and vision networks with learning rates of 0.01 to 0.05 that decay to 0; the
 * step of a layer does not vanish by itself.
 *
 * <p>Disagreements: v starts when it is 0, as in the ports; the paper says at t = 1, which differs
 * for tensors whose first gradients are 0. The first release added epsilon inside the root
 * (epsilonInside). A fused port corrects bias by default, which undoes the paper's start.
 *
 * <p>Example: {@code novograd(weightDecay=0.001)}.
 *
 * <p>Reference: Ginsburg et al., arXiv 1905.11286; NVIDIA's code for Jasper; luc: NeMo.
 *
 * @param beta1 the share of the old momentum, in [0, 1)
 * @param beta2 the share of the old mean square, in [0, 1)
 * @param epsilon added to the root, in [0, ∞)
 * @param weightDecay decay inside the momentum, in [0, ∞)
 * @param gradAveraging whether the momentum is an average
 * @param amsgrad whether the mean square may only grow
 * @param luc whether a layer's step is bounded by its weight's norm
 * @param lucTrust the bound's factor, in (0, ∞)
 * @param lucEpsilon added to the momentum's norm, in [0, ∞)
 * @param epsilonInside whether epsilon is added under the root
 */
@Name("novograd")
public record NovoGrad(
    @Range("[0, 1)") double beta1,
    @Range("[0, 1)") double beta2,
    @Range("[0, ∞)") double epsilon,
    @Range("[0, ∞)") double weightDecay,
    boolean gradAveraging,
    boolean amsgrad,
    boolean luc,
    @Range("(0, ∞)") double lucTrust,
    @Range("[0, ∞)") double lucEpsilon,
    boolean epsilonInside)
    implements Rule {

  private static final Expression ONE = Expression.constant(1);

  /** Checks the ranges. */
  public NovoGrad {
    RecordType.check(
        NovoGrad.class,
        beta1,
        beta2,
        epsilon,
        weightDecay,
        gradAveraging,
        amsgrad,
        luc,
        lucTrust,
        lucEpsilon,
        epsilonInside);
  }

  /** The settings of the first release. */
  public NovoGrad() {
    this(0.95, 0.98, 1e-8, 0, false, false, false, 1e-3, 1e-8, false);
  }

  @Override
  public Update update(Inputs in) {
    State v = in.state("v", Level.TENSOR, 2);
    Expression squares = in.step().square().sum(Level.TENSOR);
    Expression next = v.old().is(0).choose(squares, v.old().average(squares, beta2));
    Update update = in.soFar().withNext(v, next);
    if (!amsgrad) {
      return average(in, update, next);
    }
    State vMax = in.state("vMax", Level.TENSOR, 2);
    Expression largest = vMax.old().maximum(next);
    return average(in, update.withNext(vMax, largest), largest);
  }

  private Update average(Inputs in, Update update, Expression square) {
    State m = in.state("m", Level.ELEMENT, 0);
    Expression divisor =
        epsilonInside ? square.plus(epsilon).squareRoot() : square.squareRoot().plus(epsilon);
    Expression normalised = in.step().times(ONE.over(divisor));
    Expression decayed =
        weightDecay == 0 ? normalised : normalised.plus(in.weight().times(weightDecay));
    Expression mean = m.old().times(beta1).plus(decayed.times(gradAveraging ? 1 - beta1 : 1));
    Update averaged = update.withStep(mean).withNext(m, mean);
    return luc ? averaged.withStep(mean.times(boundedRate(in, mean))).asDisplacement() : averaged;
  }

  private Expression boundedRate(Inputs in, Expression mean) {
    Expression bound =
        in.weight().norm(Level.TENSOR).over(mean.norm(Level.TENSOR).plus(lucEpsilon));
    return in.learningRate().minimum(bound.times(lucTrust));
  }
}

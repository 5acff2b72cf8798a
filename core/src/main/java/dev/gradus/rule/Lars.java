package dev.gradus.rule;

import dev.gradus.equation.Expression;
import dev.gradus.equation.Inputs;
import dev.gradus.equation.Level;
import dev.gradus.equation.Rule;
import dev.gradus.equation.Update;
import dev.gradus.text.Name;
import dev.gradus.text.Range;
import dev.gradus.text.RecordType;

/**
 * LARS: momentum SGD with a learning rate per tensor, in proportion to weight over gradient.
 *
 * <p>Why: it made batches of many thousands train convolutional networks.
 *
 * <pre>
 * ratio = trustCoefficient × ‖w‖ ÷ (‖u‖ + weightDecay × ‖w‖ + epsilon), 1 if a norm is 0
 * x = ratio × (u + weightDecay × w)                      with trustClip: min(ratio ÷ learningRate, 1)
 * b′ = momentum × b + (1 − dampening) × x,  u ← b′       the first buffer is x
 * rateInside:  b′ = momentum × b + learningRate × x,  w′ = w − b′
 * </pre>
 *
 * <p>The ratio is that of the gradient, not of the step, so this is a rule of its own and not
 * {@link TrustRatio} behind momentum. Without decay tensors are not adapted unless alwaysAdapt.
 *
 * <p>Cost: 7 floats moved per weight in two passes; state {@code buffer}. Measured: {@code
 * trustRatio}.
 *
 * <p>Use it for batches beyond a few thousand, with a warm-up. With small batches plain momentum
 * does as well.
 *
 * <p>Disagreements: the paper puts the learning rate inside the buffer (rateInside), timm outside;
 * they differ when the rate changes. A zero gradient gives ratio 1, so decay then acts about a
 * thousand times stronger, as in timm. trustClip divides that 1 by the rate too.
 *
 * <p>Example: {@code lars(momentum=0.9, weightDecay=5e-4)}.
 *
 * <p>Reference: You, Gitman and Ginsburg, arXiv 1708.03888; timm.
 *
 * @param momentum the share of the old buffer, in [0, 1)
 * @param dampening how much of a new step is left out, in [0, 1]
 * @param nesterov whether to look one step ahead
 * @param weightDecay decay inside the ratio, in [0, ∞)
 * @param trustCoefficient the ratio's factor, in (0, ∞)
 * @param epsilon added to the denominator, in [0, ∞)
 * @param trustClip whether the ratio over the learning rate is at most 1
 * @param alwaysAdapt whether to adapt without decay too
 * @param rateInside whether the buffer contains the learning rate
 */
@Name("lars")
public record Lars(
    @Range("[0, 1)") double momentum,
    @Range("[0, 1]") double dampening,
    boolean nesterov,
    @Range("[0, ∞)") double weightDecay,
    @Range("(0, ∞)") double trustCoefficient,
    @Range("[0, ∞)") double epsilon,
    boolean trustClip,
    boolean alwaysAdapt,
    boolean rateInside)
    implements Rule {

  /** Checks the ranges. */
  public Lars {
    RecordType.check(
        Lars.class,
        momentum,
        dampening,
        nesterov,
        weightDecay,
        trustCoefficient,
        epsilon,
        trustClip,
        alwaysAdapt,
        rateInside);
  }

  /** The paper's settings. */
  public Lars() {
    this(0.9, 0, false, 5e-4, 1e-3, 1e-8, false, false, false);
  }

  @Override
  public Update update(Inputs in) {
    var buffer = new Momentum(momentum, dampening, nesterov, Momentum.First.GRADIENT);
    Rule withRate = rated -> buffer.of(rated, rated.displacement()).asDisplacement();
    return in.through(this::adapt, rateInside ? withRate : buffer);
  }

  private Update adapt(Inputs in) {
    if (weightDecay == 0 && !alwaysAdapt) {
      return in.soFar();
    }
    Expression decayed =
        weightDecay == 0 ? in.step() : in.step().plus(in.weight().times(weightDecay));
    Expression ratio = ratio(in);
    return in.soFar().withStep(decayed.times(ratio)).withMeasured("trustRatio", ratio);
  }

  private Expression ratio(Inputs in) {
    Expression weight = in.weight().norm(Level.TENSOR);
    Expression gradient = in.step().norm(Level.TENSOR);
    Expression denominator = gradient.plus(weight.times(weightDecay)).plus(epsilon);
    Expression ratio =
        weight
            .minimum(gradient)
            .above(0)
            .choose(weight.times(trustCoefficient).over(denominator), Expression.constant(1));
    return trustClip ? ratio.over(in.learningRate()).atMost(1) : ratio;
  }
}

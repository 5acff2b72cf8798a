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
import java.util.ArrayList;
import java.util.List;

/**
 * LAMB: Adam's step with its decay, scaled to the norm of each tensor's weight.
 *
 * <p>Why: it trains large language models with batches of tens of thousands, where Adam diverges.
 *
 * <pre>
 * lamb = clip-norm(maxGradNorm, epsilon=0) | moments | decay(weightDecay) | trust-ratio
 * m′ = beta1 × m + (1 − beta1) × u, without gradAveraging beta1 × m + u
 * v′ = beta2 × v + (1 − beta2) × u²
 * u ← m′ ÷ (1 − beta1ᵗ) ÷ (√v′ ÷ √(1 − beta2ᵗ) + epsilon)      t counts the optimizer's steps
 * </pre>
 *
 * <p>With decay 0 tensors are not adapted unless alwaysAdapt. With decoupledDecay the ratio is that
 * of the decayed weight to the step without decay, and the decay stands beside it.
 *
 * <p>Cost: 12 floats moved per weight in three passes, without the clip 10 in two; states {@code m}
 * and {@code v}. Measured: {@code trustRatio}.
 *
 * <p>Use it for batches beyond a few thousand, with a warm-up. For ordinary batches {@link AdamW}
 * does as well.
 *
 * <p>Disagreements: bias correction, the clip before, and whether tensors without decay are adapted
 * differ between implementations; all are options, with timm's defaults. One step counter serves
 * all tensors, also those that had no gradient.
 *
 * <p>Example: {@code lamb(weightDecay=0.01, maxGradNorm=∞)}.
 *
 * <p>Reference: You et al., Large Batch Optimization for Deep Learning, ICLR 2020; timm.
 *
 * @param beta1 the share of the old mean, in [0, 1)
 * @param beta2 the share of the old mean square, in [0, 1)
 * @param epsilon added to the root, in [0, ∞)
 * @param weightDecay decay inside the ratio, in [0, ∞)
 * @param biasCorrection whether to correct for the averages' start at 0
 * @param gradAveraging whether m is an average
 * @param maxGradNorm the bound of the joint gradient norm, in (0, ∞]; ∞ for no clip
 * @param trustClip whether the ratio is at most 1
 * @param alwaysAdapt whether to adapt without decay too
 * @param decoupledDecay whether the decay stands outside the ratio
 */
@Name("lamb")
public record Lamb(
    @Range("[0, 1)") double beta1,
    @Range("[0, 1)") double beta2,
    @Range("[0, ∞)") double epsilon,
    @Range("[0, ∞)") double weightDecay,
    boolean biasCorrection,
    boolean gradAveraging,
    @Range("(0, ∞]") double maxGradNorm,
    boolean trustClip,
    boolean alwaysAdapt,
    boolean decoupledDecay)
    implements Rule {

  private static final Expression ONE = Expression.constant(1);

  /** Checks the ranges. */
  public Lamb {
    RecordType.check(
        Lamb.class,
        beta1,
        beta2,
        epsilon,
        weightDecay,
        biasCorrection,
        gradAveraging,
        maxGradNorm,
        trustClip,
        alwaysAdapt,
        decoupledDecay);
  }

  /** timm's settings. */
  public Lamb() {
    this(0.9, 0.999, 1e-6, 0.01, true, true, 1, false, false, false);
  }

  @Override
  public Update update(Inputs in) {
    var rules = new ArrayList<Rule>();
    if (maxGradNorm < Double.POSITIVE_INFINITY) {
      rules.add(new ClipNorm(maxGradNorm, 0, ClipNorm.Norm.EUCLIDEAN));
    }
    rules.add(this::moments);
    rules.addAll(decayAndRatio());
    return in.through(rules.toArray(Rule[]::new));
  }

  private List<Rule> decayAndRatio() {
    if (weightDecay == 0 && !alwaysAdapt) {
      return List.of();
    }
    double bound = trustClip ? 1 : Double.POSITIVE_INFINITY;
    return decoupledDecay
        ? List.of(this::ratioBesideDecay)
        : List.of(new Decay(weightDecay), new TrustRatio(bound, 0));
  }

  private Update moments(Inputs in) {
    Expression u = in.step();
    State m = in.state("m", Level.ELEMENT, 1);
    State v = in.state("v", Level.ELEMENT, 2);
    Expression mean = m.old().times(beta1).plus(u.times(gradAveraging ? 1 - beta1 : 1));
    Expression square = v.old().average(u.square(), beta2);
    Expression root = square.squareRoot().times(correction(in, beta2).squareRoot());
    return in.soFar()
        .withStep(mean.over(root.plus(epsilon)), correction(in, beta1))
        .withNext(m, mean)
        .withNext(v, square);
  }

  private Expression correction(Inputs in, double beta) {
    return biasCorrection ? BiasCorrection.of(beta, in.sharedSteps()) : ONE;
  }

  private Update ratioBesideDecay(Inputs in) {
    Expression u = in.step();
    Expression left = ONE.minus(in.learningRate().times(weightDecay)).absolute();
    Expression ratio =
        TrustRatio.ratio(in.weight().norm(Level.TENSOR).times(left), u.norm(Level.TENSOR))
            .atMost(trustClip ? 1 : Double.POSITIVE_INFINITY);
    return in.soFar()
        .withStep(u.times(ratio).plus(in.weight().times(weightDecay)))
        .withMeasured("trustRatio", ratio);
  }
}

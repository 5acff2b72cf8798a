package dev.gradus.rule;

import dev.gradus.equation.Inputs;
import dev.gradus.equation.Rule;
import dev.gradus.equation.Update;
import dev.gradus.text.Name;
import dev.gradus.text.Range;
import dev.gradus.text.RecordType;

/**
 * LAMBC: LAMB with a bound on its trust ratio.
 *
 * <p>Why: LAMB's ratio is erratic for small tensors and in early steps; bounding it steadies
 * training.
 *
 * <pre>
 * lambc = adam(beta1, beta2, epsilon, biasCorrection=false) | decay(weightDecay)
 *       | trust-ratio(clipBound)           without the ratio if unitRatio
 * </pre>
 *
 * <p>Every tensor is adapted, biases and normalisation included, and nothing corrects the averages'
 * start.
 *
 * <p>Cost: 10 floats moved per weight in two passes; states {@code m} and {@code v}. Measured:
 * {@code trustRatio}.
 *
 * <p>Use it for batches of a thousand and more. The authors train with clipBound 1.
 *
 * <p>Disagreements: the paper defines a lower bound as well; the authors removed it from the code.
 * Their class has clip off and 10 as its bound; their training script, whose settings are the
 * defaults here, has clip on and 1.
 *
 * <p>Example: {@code lambc(weightDecay=0.01)}.
 *
 * <p>Reference: Fong, Chen and Chen, arXiv 2011.13584, and the authors' code.
 *
 * @param beta1 the share of the old mean, in [0, 1)
 * @param beta2 the share of the old mean square, in [0, 1)
 * @param epsilon added to the root, in [0, ∞)
 * @param weightDecay decay inside the ratio, in [0, ∞)
 * @param clip whether the ratio is bounded
 * @param clipBound the largest ratio, in (0, ∞]
 * @param unitRatio whether the ratio is 1, which is Adam without bias correction
 */
@Name("lambc")
public record LambC(
    @Range("[0, 1)") double beta1,
    @Range("[0, 1)") double beta2,
    @Range("[0, ∞)") double epsilon,
    @Range("[0, ∞)") double weightDecay,
    boolean clip,
    @Range("(0, ∞]") double clipBound,
    boolean unitRatio)
    implements Rule {

  /** Checks the ranges. */
  public LambC {
    RecordType.check(LambC.class, beta1, beta2, epsilon, weightDecay, clip, clipBound, unitRatio);
  }

  /** The settings of the authors' training script. */
  public LambC() {
    this(0.9, 0.999, 1e-6, 0, true, 1, false);
  }

  @Override
  public Update update(Inputs in) {
    Rule adam =
        new Adam(beta1, beta2, epsilon, 0, false, false, false, EpsilonPlacement.AFTER_CORRECTION);
    Rule decay = new Decay(weightDecay);
    double bound = clip ? clipBound : Double.POSITIVE_INFINITY;
    return unitRatio
        ? in.through(adam, decay, new ClipUnit(bound))
        : in.through(adam, decay, new TrustRatio(bound, 0));
  }

  /** A ratio of 1 is bounded too: a bound below 1 still shortens the step. */
  private record ClipUnit(double bound) implements Rule {
    @Override
    public Update update(Inputs in) {
      return in.soFar().map(u -> u.times(Math.min(1, bound)));
    }
  }
}

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
 * Remote observation point: takes the gradient where a base with momentum will be some steps later.
 *
 * <p>Why: momentum overshoots; a gradient from further along its way damps that, which is what
 * {@link Rsg} does for the plain running mean.
 *
 * <pre>
 * u′ = (1 + distance) × u − distance × previous
 * previous′ = u
 * </pre>
 *
 * <p>previous is the base's last step. If y are the weights of the base, the weights kept are w = y
 * − distance × learningRate × previous: the observation point itself, so no gradient is taken twice
 * and no second copy of the weights is kept.
 *
 * <p>Cost: 2 floats moved per weight; state {@code previous}, one float per weight.
 *
 * <p>Use it behind a base whose step is a running mean: {@code rsg(mu=0)}, {@code adam}, {@code
 * momentum}. Not behind a base whose step is no mean: plain gradients and signs as in {@link Lion}
 * change at random, and a multiple of their difference is noise.
 *
 * <p>Disagreements: the authors' observation factor mu belongs to distance mu × beta1 ÷ (1 −
 * beta1); {@code rsg(beta1=b, mu=0) | remote(d)} is {@code rsg(beta1=b, mu=d × (1 − b) ÷ b)}. Over
 * other bases the rule is ours.
 *
 * <p>Example: {@code adam | remote(0.9)}.
 *
 * <p>Reference: Chen et al., arXiv 1905.01422; a distance of beta1 is Nesterov's look ahead.
 *
 * @param distance how many steps ahead, in [0, ∞); 0 is the base itself
 */
@Name("remote")
public record Remote(@Range("[0, ∞)") double distance) implements Rule {
  /** Checks the range. */
  public Remote {
    RecordType.check(Remote.class, distance);
  }

  /** Nesterov's look ahead for the usual momentum. */
  public Remote() {
    this(0.9);
  }

  @Override
  public Update update(Inputs in) {
    Expression u = in.step();
    if (distance == 0) {
      return in.soFar();
    }
    State previous = in.state("previous", Level.ELEMENT, in.stepDegree());
    return in.soFar()
        .withStep(u.times(1 + distance).minus(previous.old().times(distance)))
        .withNext(previous, u);
  }
}

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
 * Adagrad: divides the gradient by the root of the sum of all its squares.
 *
 * <p>Why: rare features keep a large learning rate while frequent ones settle, which suits sparse
 * data; the rate falls by itself.
 *
 * <pre>
 * s′ = s + u²
 * u ← u ÷ (√s′ + epsilon), corrected by 1 ÷ (1 + (t − 1) × learningRateDecay)
 * </pre>
 *
 * <p>Cost: 5 floats moved per weight in one pass; state {@code sum}, which starts at
 * initialAccumulator.
 *
 * <p>Use it for embeddings and linear models. Not for long training of deep networks: the rate dies
 * away.
 *
 * <p>Disagreements: TensorFlow starts the sum at 0.1 and adds epsilon inside the root; here as in
 * PyTorch.
 *
 * <p>Example: {@code adagrad(initialAccumulator=0.1)}.
 *
 * <p>Reference: Duchi, Hazan and Singer, Adaptive Subgradient Methods, JMLR 2011;
 * torch.optim.Adagrad of PyTorch 1.13.
 *
 * @param epsilon added to the root, in [0, ∞)
 * @param weightDecay coupled L2 decay, in [0, ∞)
 * @param learningRateDecay how fast the rate falls besides, in [0, ∞)
 * @param initialAccumulator where the sum starts, in [0, ∞)
 */
@Name("adagrad")
public record AdaGrad(
    @Range("[0, ∞)") double epsilon,
    @Range("[0, ∞)") double weightDecay,
    @Range("[0, ∞)") double learningRateDecay,
    @Range("[0, ∞)") double initialAccumulator)
    implements Rule {

  /** Checks the ranges. */
  public AdaGrad {
    RecordType.check(AdaGrad.class, epsilon, weightDecay, learningRateDecay, initialAccumulator);
  }

  /** PyTorch's settings. */
  public AdaGrad() {
    this(1e-10, 0, 0, 0);
  }

  @Override
  public Update update(Inputs in) {
    return in.through(new Decay(weightDecay), this::normalise);
  }

  private Update normalise(Inputs in) {
    Expression u = in.step();
    State sum = in.state("sum", Level.ELEMENT, 2, Expression.constant(initialAccumulator));
    Expression total = sum.old().plus(u.square());
    Expression one = Expression.constant(1);
    Expression rate = one.over(in.steps().minus(1).times(learningRateDecay).plus(1));
    return in.soFar()
        .withStep(u.over(total.squareRoot().plus(epsilon)), learningRateDecay == 0 ? one : rate)
        .withNext(sum, total);
  }
}

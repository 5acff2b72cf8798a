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
 * Scales the step of all tensors down together when their joint norm exceeds a bound.
 *
 * <p>Why: a rare huge gradient would throw the weights far off; scaling all tensors by one factor
 * keeps the direction.
 *
 * <pre>
 * n = √(Σ u²) over every tensor that carries this rule, in all groups; or the largest |u|
 * u ← u ÷ max(1, (n + epsilon) ÷ maxNorm)
 * </pre>
 *
 * <p>First in a pipeline it clips gradients; behind a base it clips steps.
 *
 * <p>Cost: one more pass, 1 float per weight; all tensors wait for the sum. No state. Measured:
 * {@code clipNorm}, the norm n before clipping.
 *
 * <p>Use it for recurrent networks and transformers. A tensor without a gradient takes no part in
 * the sum.
 *
 * <p>Disagreements: PyTorch adds 1e-6 to the norm, Optax and the paper add nothing; epsilon says
 * which, and its default is PyTorch's.
 *
 * <p>Example: {@code clip-norm(1) | adamw}. Twice in one pipeline it needs a label: {@code
 * clip-norm(1) | adam | clip-norm(2) as step}.
 *
 * <p>Reference: Pascanu, Mikolov and Bengio, On the difficulty of training recurrent neural
 * networks, ICML 2013; torch.nn.utils.clip_grad_norm_ of PyTorch 1.13.
 *
 * @param maxNorm the bound, in (0, ∞)
 * @param epsilon added to the norm, in [0, ∞)
 * @param norm which norm
 */
@Name("clip-norm")
public record ClipNorm(@Range("(0, ∞)") double maxNorm, @Range("[0, ∞)") double epsilon, Norm norm)
    implements Rule {

  /** A norm over all weights of the model. */
  public enum Norm {
    /** The root of the sum of squares. */
    EUCLIDEAN,
    /** The largest magnitude. */
    MAX
  }

  /** Checks the ranges. */
  public ClipNorm {
    RecordType.check(ClipNorm.class, maxNorm, epsilon, norm);
  }

  /** A bound of 1 in PyTorch's form. */
  public ClipNorm() {
    this(1, 1e-6, Norm.EUCLIDEAN);
  }

  @Override
  public Update update(Inputs in) {
    Expression u = in.step();
    Expression total =
        switch (norm) {
          case EUCLIDEAN -> u.square().sum(Level.TENSOR).sumOverModel(in.modelName()).squareRoot();
          case MAX -> u.absolute().largest(Level.TENSOR).largestOverModel(in.modelName());
        };
    Expression scale =
        Expression.constant(1)
            .over(total.plus(epsilon).over(Expression.constant(maxNorm)).atLeast(1));
    return in.soFar().withStep(u.times(scale)).withMeasured("clipNorm", total);
  }
}

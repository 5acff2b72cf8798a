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
 * Lion: steps by the sign of a mean gradient, every weight by the same amount.
 *
 * <p>Why: found by program search; one state per weight, and on large models as good as AdamW.
 *
 * <pre>
 * u ← sign(beta1 × m + (1 − beta1) × u)       sign(0) = 0
 * m′ = beta2 × m + (1 − beta2) × u
 * lion = … | decay(weightDecay)                cautious: … | caution | decay
 * </pre>
 *
 * <p>Cost: 5 floats moved per weight in one pass; state {@code m}.
 *
 * <p>Use it with a learning rate 3 to 10 times smaller than AdamW's and a decay as much larger. Not
 * with small batches: the sign of a noisy mean is noise.
 *
 * <p>Disagreements: beta1 mixes the step and beta2 the state; some ports have them swapped.
 *
 * <p>Example: {@code lion(weightDecay=0.1)}.
 *
 * <p>Reference: Chen et al., Symbolic Discovery of Optimization Algorithms, NeurIPS 2023, in the
 * form of timm.
 *
 * @param beta1 the share of the old mean in the step, in [0, 1)
 * @param beta2 the share of the old mean in the state, in [0, 1)
 * @param weightDecay decoupled decay, in [0, ∞)
 * @param cautious whether to leave out what points against the gradient
 */
@Name("lion")
public record Lion(
    @Range("[0, 1)") double beta1,
    @Range("[0, 1)") double beta2,
    @Range("[0, ∞)") double weightDecay,
    boolean cautious)
    implements Rule {

  /** Checks the ranges. */
  public Lion {
    RecordType.check(Lion.class, beta1, beta2, weightDecay, cautious);
  }

  /** The paper's settings. */
  public Lion() {
    this(0.9, 0.99, 0, false);
  }

  @Override
  public Update update(Inputs in) {
    Rule decay = new Decay(weightDecay);
    return cautious ? in.through(this::sign, new Caution(), decay) : in.through(this::sign, decay);
  }

  private Update sign(Inputs in) {
    Expression u = in.step();
    State m = in.state("m", Level.ELEMENT, 1);
    return in.soFar()
        .withStep(m.old().average(u, beta1).sign())
        .withNext(m, m.old().average(u, beta2));
  }
}

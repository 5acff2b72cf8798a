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
 * Lookahead: every few steps, pulls the weights back towards a slow copy that follows them.
 *
 * <p>Why: the slow weights average out the fast ones' wandering at little cost.
 *
 * <pre>
 * every lookaheadSteps:  slow′ = slow + lookaheadAlpha × (w′ − slow),   w′ ← slow′
 * </pre>
 *
 * <p>Cost: nothing in most steps, 2 floats moved per weight when it acts; states {@code slow} and,
 * if it starts at the first synchronisation, {@code synchronisations}, one number per tensor.
 *
 * <p>Use it behind any pipeline. Moments of the base are kept as they are.
 *
 * <p>Disagreements: timm sets the slow weights at the first synchronisation, which then changes
 * nothing; the paper starts them at the initial weights. The option start says which.
 *
 * <p>Example: {@code adamw | lookahead(lookaheadSteps=6)}.
 *
 * <p>Reference: Zhang et al., Lookahead Optimizer, NeurIPS 2019; timm.
 *
 * @param lookaheadSteps act in steps divisible by this, at least 1
 * @param lookaheadAlpha how far the slow weights go, in [0, 1]
 * @param start where the slow weights begin
 */
@Name("lookahead")
public record Lookahead(
    @Range("[1, ∞)") long lookaheadSteps, @Range("[0, 1]") double lookaheadAlpha, Start start)
    implements Rule {

  /** Where the slow weights begin. */
  public enum Start {
    /** At the weights of the first synchronisation, as in timm. */
    FIRST_SYNCHRONISATION,
    /** At the weights before the first step, as in the paper. */
    INITIAL_WEIGHTS
  }

  /** Checks the ranges. */
  public Lookahead {
    RecordType.check(Lookahead.class, lookaheadSteps, lookaheadAlpha, start);
  }

  /** timm's settings. */
  public Lookahead() {
    this(6, 0.5, Start.FIRST_SYNCHRONISATION);
  }

  @Override
  public Update update(Inputs in) {
    Expression weight = in.newWeight();
    State slow = in.state("slow", Level.ELEMENT, 0, in.weight());
    Expression due = in.sharedSteps().remainder((double) lookaheadSteps).is(0);
    Expression pulled = slow.old().plus(weight.minus(slow.old()).times(lookaheadAlpha));
    if (start == Start.INITIAL_WEIGHTS) {
      return synced(in, due, slow, weight, pulled);
    }
    State count = in.state("synchronisations", Level.TENSOR, 0);
    return synced(in, due, slow, weight, count.old().is(0).choose(weight, pulled))
        .withNext(count, count.old().plus(due));
  }

  private static Update synced(
      Inputs in, Expression due, State slow, Expression weight, Expression synced) {
    return in.soFar()
        .withNewWeight(due.choose(synced, weight))
        .withNext(slow, due.choose(synced, slow.old()));
  }
}

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
 * Multiplicative update: a step changes a weight by a share of itself.
 *
 * <p>Why: the share is bounded, so no learning rate makes weights diverge, whatever their size.
 *
 * <pre>
 * Δw = |w| × s × outerRate × tanh(innerRate × u)                        w′ = w − Δw
 * rule=pow2:  Δw = w × (1 − 2^(−sign(w) × s × outerRate × tanh(innerRate × u)))
 * </pre>
 *
 * <p>s is the schedule's multiplier: a schedule acts on outerRate as it does on the learning rate,
 * which has no other part here. Behind a rule that has put the learning rate in, u contains it.
 *
 * <p>Cost: a tanh per weight; no memory traffic. State only with zero=floor: {@code floor}, one
 * number per tensor.
 *
 * <p>Use it to train weights whose signs are right. Signs never change if outerRate is at most 1,
 * so networks that start at random usually do better with {@link Hybrid}.
 *
 * <p>Disagreements: the authors' slides put Adam's correction inside the tanh, their code in front
 * of the rate; option correction chooses, its default is the slides'. The authors move every tensor
 * alike, which leaves biases that start at 0 there for ever; our default spares them that.
 *
 * <p>Example: {@code adam | multiplicative(outerRate=0.05)}.
 *
 * <p>Reference: Kirtas, Passalis and Tefas, arXiv 2307.07189, and the authors' code.
 *
 * @param innerRate the step's factor inside the tanh, in (0, ∞)
 * @param outerRate the largest relative change of a weight, in [0, ∞)
 * @param rule how a weight is multiplied
 * @param correction where the base's correction stands
 * @param zero what is done about weights of 0
 */
@Name("multiplicative")
public record Multiplicative(
    @Range("(0, ∞)") double innerRate,
    @Range("[0, ∞)") double outerRate,
    Form rule,
    Correction correction,
    ZeroWeights zero)
    implements Rule {

  /** By what a weight is multiplied. */
  public enum Form {
    /** 1 ∓ outerRate × tanh. */
    ABS,
    /** A power of two, which keeps the sign for any rate. */
    POW2
  }

  /** Where a correction stands that the base keeps apart, such as Adam's 1 ÷ (1 − beta1ᵗ). */
  public enum Correction {
    /** In u, inside the tanh. */
    INSIDE,
    /** In front of the rate. */
    OUTSIDE
  }

  private static final Expression ONE = Expression.constant(1);
  private static final Expression MINUS_ONE = Expression.constant(-1);

  /** Checks the ranges. */
  public Multiplicative {
    RecordType.check(Multiplicative.class, innerRate, outerRate, rule, correction, zero);
  }

  /** A hundredth of a weight at most. */
  public Multiplicative() {
    this(1, 0.01, Form.ABS, Correction.INSIDE, ZeroWeights.ADDITIVE_VECTORS);
  }

  @Override
  public Update update(Inputs in) {
    Update update = in.soFar();
    if (spares(in)) {
      return update;
    }
    Expression size = in.weight().absolute();
    if (zero == ZeroWeights.FLOOR) {
      Expression square = in.weight().square().sum(Level.TENSOR).over(in.size());
      Expression typical = square.above(0).choose(square.squareRoot(), ONE);
      State floor = in.state("floor", Level.TENSOR, 0, typical.times(1e-3));
      size = size.maximum(floor.old());
      update = update.withNext(floor, floor.old());
    }
    return update.withStep(size.times(relative(in))).asDisplacement();
  }

  boolean spares(Inputs in) {
    return zero == ZeroWeights.ADDITIVE_VECTORS && in.rank() < 2;
  }

  /** The change divided by the weight's magnitude. */
  private Expression relative(Inputs in) {
    boolean inside = correction == Correction.INSIDE;
    Expression u = inside ? in.soFar().corrected() : in.soFar().step();
    Expression rate = in.scheduleMultiplier().times(outerRate);
    Expression outer = inside ? rate : rate.times(in.soFar().correction());
    Expression change = u.times(innerRate).tanh().times(outer);
    if (rule == Form.ABS) {
      return change;
    }
    Expression sign = in.weight().below(Expression.constant(0)).choose(MINUS_ONE, ONE);
    return sign.times(ONE.minus(sign.times(change).times(MINUS_ONE).exp2()));
  }
}

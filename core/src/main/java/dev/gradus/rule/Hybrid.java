package dev.gradus.rule;

import dev.gradus.equation.Expression;
import dev.gradus.equation.Inputs;
import dev.gradus.equation.Rule;
import dev.gradus.equation.Update;
import dev.gradus.schedule.Constant;
import dev.gradus.schedule.Schedule;
import dev.gradus.text.Name;
import dev.gradus.text.Range;
import dev.gradus.text.RecordType;

/**
 * Hybrid update: part of the step multiplies the weight, the rest is added to it.
 *
 * <p>Why: a multiplicative step is bounded by the weight itself, which makes training robust to
 * learning rates and initial weights; the additive part lets weights cross 0.
 *
 * <pre>
 * Δw = gamma × s × outerRate × |w| × tanh(innerRate × u) + (1 − gamma) × learningRate × u
 * rule=pow2:  the first part is gamma × w × (1 − 2^(−sign(w) × s × outerRate × tanh(innerRate × u)))
 * w′ = w − Δw
 * </pre>
 *
 * <p>s is the schedule's multiplier: a schedule acts on outerRate as on the learning rate. gamma 0
 * is the base itself, bit for bit; gamma 1 is {@link Multiplicative}. Behind a rule that has put
 * the learning rate in, u contains it.
 *
 * <p>Cost: a tanh per weight; no memory traffic. State only with zero=floor: {@code floor}, one
 * number per tensor.
 *
 * <p>Use it behind any base where the learning rate can't be tuned well or initial weights are far
 * off; decay stands left of the base, as in the authors' code, or behind. Where the base is tuned
 * well, gains are small.
 *
 * <p>Disagreements: the authors' slides put Adam's correction inside the tanh, their code in front
 * of both rates; option correction chooses, its default is the slides'. One slide adds the second
 * part instead of subtracting it, which is a misprint. The authors move every tensor alike; our
 * default lets vectors, which often start at 0, take the base's own step.
 *
 * <p>Example: {@code novograd | hybrid(gamma=0.5, innerRate=1, outerRate=0.1)}; {@code adam |
 * hybrid(gamma=fade(patience=3, every=500))} turns into adam over epochs of 500 steps, as the
 * authors' gamma scheduler does.
 *
 * <p>Reference: Kirtas, Passalis and Tefas, arXiv 2307.07189, and the authors' code.
 *
 * @param gamma the share of the multiplicative part, in [0, 1]; a schedule may change it
 * @param innerRate the step's factor inside the tanh, in (0, ∞)
 * @param outerRate the largest relative change of a weight, in [0, ∞)
 * @param rule how a weight is multiplied
 * @param correction where the base's correction stands
 * @param zero what is done about weights of 0
 */
@Name("hybrid")
public record Hybrid(
    @Range("[0, 1]") Schedule gamma,
    @Range("(0, ∞)") double innerRate,
    @Range("[0, ∞)") double outerRate,
    Multiplicative.Form rule,
    Multiplicative.Correction correction,
    ZeroWeights zero)
    implements Rule {

  /** Checks the ranges. */
  public Hybrid {
    RecordType.check(Hybrid.class, gamma, innerRate, outerRate, rule, correction, zero);
  }

  /** Half multiplicative. */
  public Hybrid() {
    this(
        new Constant(0.5),
        1,
        0.01,
        Multiplicative.Form.ABS,
        Multiplicative.Correction.INSIDE,
        ZeroWeights.ADDITIVE_VECTORS);
  }

  @Override
  public Update update(Inputs in) {
    var multiplicative = new Multiplicative(innerRate, outerRate, rule, correction, zero);
    Expression additive = in.displacement();
    if (gamma.highest() == 0 || multiplicative.spares(in)) {
      return in.soFar();
    }
    Expression share = in.setting("gamma", gamma);
    Expression rest = Expression.constant(1).minus(share);
    Update multiplied = multiplicative.update(in);
    return multiplied.withStep(multiplied.step().times(share).plus(additive.times(rest)));
  }
}

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
 * Keeps an exponential moving average of the weights beside them.
 *
 * <p>Why: the average evaluates better than the last weights while the learning rate is high.
 *
 * <pre>a′ = decay × a + (1 − decay) × w′, starting at the initial weights</pre>
 *
 * <p>The weights themselves are not changed.
 *
 * <p>Cost: 2 floats moved per weight; state {@code ema}.
 *
 * <p>Use it last in a pipeline. A training reads the average for validation and test, and so does
 * whoever uses the trained network; that of a stage with a label is only kept. Behind {@link
 * UnitRows} the average is shorter than a unit; rescale it when it is exported.
 *
 * <p>Disagreements: some libraries warm the decay up; here it is constant.
 *
 * <p>Example: {@code adamp | ema(0.9995)}.
 *
 * <p>Reference: Polyak and Juditsky, Acceleration of Stochastic Approximation by Averaging, 1992.
 *
 * @param decay the share of the old average, in [0, 1)
 */
@Name("ema")
public record WeightAverage(@Range("[0, 1)") double decay) implements Rule {
  /** Checks the range. */
  public WeightAverage {
    RecordType.check(WeightAverage.class, decay);
  }

  /** An average over about a thousand steps. */
  public WeightAverage() {
    this(0.999);
  }

  @Override
  public Update update(Inputs in) {
    Expression weight = in.newWeight();
    State ema = in.state("ema", Level.ELEMENT, 0, in.weight());
    return in.soFar().withNewWeight(weight).withNext(ema, ema.old().average(weight, decay));
  }
}

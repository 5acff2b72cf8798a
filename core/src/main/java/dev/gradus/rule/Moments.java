package dev.gradus.rule;

import dev.gradus.equation.Expression;
import dev.gradus.equation.Inputs;
import dev.gradus.equation.Level;
import dev.gradus.equation.State;
import dev.gradus.equation.Update;

/**
 * The running means of a step and of its square, states {@code m} and {@code v}.
 *
 * @param m the mean's state
 * @param v the mean square's state
 * @param mean the mean after the step
 * @param square the mean square after the step
 */
record Moments(State m, State v, Expression mean, Expression square) {
  static Moments of(Inputs in, double beta1, double beta2) {
    Expression u = in.step();
    State m = in.state("m", Level.ELEMENT, 1);
    State v = in.state("v", Level.ELEMENT, 2);
    return new Moments(m, v, m.old().average(u, beta1), v.old().average(u.square(), beta2));
  }

  /** The update so far, which now keeps both. */
  Update keptBy(Inputs in) {
    return in.soFar().withNext(m, mean).withNext(v, square);
  }
}

package dev.gradus.engine;

import dev.gradus.UserException;
import dev.gradus.equation.Equations;
import dev.gradus.equation.Expression;
import dev.gradus.equation.Inputs;
import dev.gradus.equation.Level;
import dev.gradus.equation.Pipeline;
import dev.gradus.equation.Rule;
import dev.gradus.equation.Shape;
import dev.gradus.equation.Stage;
import dev.gradus.equation.State;
import dev.gradus.equation.Update;
import dev.gradus.rule.Adam;
import dev.gradus.rule.Caution;
import dev.gradus.rule.ClipNorm;
import dev.gradus.rule.Decay;
import dev.gradus.rule.EpsilonPlacement;
import dev.gradus.rule.Hybrid;
import dev.gradus.rule.Momentum;
import dev.gradus.rule.Multiplicative;
import dev.gradus.rule.Multiplicative.Correction;
import dev.gradus.rule.Multiplicative.Form;
import dev.gradus.rule.Project;
import dev.gradus.rule.Remote;
import dev.gradus.rule.UnitRows;
import dev.gradus.rule.ZeroWeights;
import dev.gradus.schedule.Constant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/** Pipelines drawn at random, with rules that are awkward for a planner. */
final class Drawn {
  private static final Rule NONE = Inputs::soFar;

  private static final List<Rule> BEFORE =
      List.of(
          NONE,
          new Decay(0.1),
          new ClipNorm(0.5, 0, ClipNorm.Norm.EUCLIDEAN),
          new ClipNorm(0.4, 0, ClipNorm.Norm.MAX));
  private static final List<Rule> BASES =
      List.of(
          NONE,
          new Momentum(0.9, 0.1, true, Momentum.First.GRADIENT),
          new Momentum(0.9, 0, false, Momentum.First.DAMPENED),
          new Adam(0.9, 0.99, 1e-8, 0.01, true, true, true, EpsilonPlacement.AFTER_CORRECTION),
          new Adam(0.9, 0.99, 1e-8, 0, false, false, false, EpsilonPlacement.BEFORE_CORRECTION),
          Drawn::signOfOldAverage,
          Drawn::normalisedByTensor);
  private static final List<Rule> AFTER =
      List.of(
          NONE,
          new Project(new Constant(3), 0.1, 1e-8, false),
          new Project(new Constant(3), 0.1, 1e-8, true),
          new Decay(0.02),
          new Caution(),
          new Remote(0.9),
          Drawn::scaledToWeight);
  private static final List<Rule> RATED =
      List.of(
          NONE,
          new Hybrid(),
          new Multiplicative(2, 0.5, Form.ABS, Correction.OUTSIDE, ZeroWeights.STUCK),
          new Multiplicative(0.5, 0.2, Form.POW2, Correction.INSIDE, ZeroWeights.STUCK));
  private static final List<Rule> LAST =
      List.of(
          NONE,
          new UnitRows(1, false, UnitRows.Per.FILTER, false),
          new UnitRows(2, true, UnitRows.Per.LAYER, false),
          Drawn::averagedWeight,
          Drawn::everyThirdStepBack);

  private Drawn() {}

  /** A pipeline whose rules fit together on every shape. */
  static Pipeline pipeline(RandomGenerator random) {
    Pipeline pipeline = draw(random);
    while (!fits(pipeline)) {
      pipeline = draw(random);
    }
    return pipeline;
  }

  private static Pipeline draw(RandomGenerator random) {
    var stages = new ArrayList<Stage>();
    for (List<Rule> choice : List.of(BEFORE, BEFORE, BASES, AFTER, AFTER, RATED, LAST, LAST)) {
      int drawn = random.nextInt(choice.size());
      Rule rule = choice.get(drawn);
      String label = "stage" + stages.size() + "-" + drawn;
      stages.add(new Stage(label, rule, Optional.of(label)));
    }
    return new Pipeline(stages);
  }

  private static boolean fits(Pipeline pipeline) {
    try {
      Equations.of(pipeline, Shape.of(3, 4));
      return true;
    } catch (UserException reason) {
      return false;
    }
  }

  /** Reads the old average after the new one is known, as Lion does. */
  private static Update signOfOldAverage(Inputs in) {
    State m = in.state("m", Level.ELEMENT, 1);
    return in.soFar()
        .withStep(m.old().average(in.step(), 0.9).sign())
        .withNext(m, m.old().average(in.step(), 0.99));
  }

  /** A second moment that is one number per tensor, as in NovoGrad. */
  private static Update normalisedByTensor(Inputs in) {
    State v = in.state("v", Level.TENSOR, 2);
    State m = in.state("m", Level.ELEMENT, 0);
    Expression norm = in.step().square().sum(Level.TENSOR);
    Expression next = v.old().is(0).choose(norm, v.old().average(norm, 0.98));
    Expression mean = m.old().times(0.95).plus(in.step().over(next.squareRoot().plus(1e-8)));
    return in.soFar().withStep(mean).withNext(m, mean).withNext(v, next);
  }

  /** A trust ratio, as in LAMB. */
  private static Update scaledToWeight(Inputs in) {
    Expression weight = in.weight().norm(Level.TENSOR);
    Expression step = in.step().norm(Level.TENSOR);
    Expression ratio =
        weight.minimum(step).above(0).choose(weight.over(step), Expression.constant(1));
    return in.soFar().withStep(in.step().times(ratio));
  }

  private static Update averagedWeight(Inputs in) {
    State average = in.state("ema", Level.ELEMENT, 0, in.weight());
    return in.soFar()
        .withNewWeight(in.newWeight())
        .withNext(average, average.old().average(in.newWeight(), 0.9));
  }

  /** Slow weights, as in lookahead. */
  private static Update everyThirdStepBack(Inputs in) {
    State slow = in.state("slow", Level.ELEMENT, 0, in.weight());
    Expression due = in.sharedSteps().remainder(3).is(0);
    Expression synced = slow.old().plus(in.newWeight().minus(slow.old()).times(0.5));
    return in.soFar()
        .withNewWeight(due.choose(synced, in.newWeight()))
        .withNext(slow, due.choose(synced, slow.old()));
  }
}

package dev.gradus.cli;

import dev.gradus.equation.Pipeline;
import dev.gradus.equation.Rule;
import dev.gradus.rule.AdaBelief;
import dev.gradus.rule.AdaDelta;
import dev.gradus.rule.AdaGrad;
import dev.gradus.rule.Adam;
import dev.gradus.rule.AdamP;
import dev.gradus.rule.AdamW;
import dev.gradus.rule.AmsGrad;
import dev.gradus.rule.Arsg;
import dev.gradus.rule.Lamb;
import dev.gradus.rule.LambC;
import dev.gradus.rule.Lars;
import dev.gradus.rule.Lion;
import dev.gradus.rule.NAdam;
import dev.gradus.rule.NovoGrad;
import dev.gradus.rule.RAdam;
import dev.gradus.rule.RmsProp;
import dev.gradus.rule.Rsg;
import java.util.Optional;

/**
 * The learning rate to begin with.
 *
 * @param adaptive that of rules whose steps are about as long as the rate, because they divide by
 *     the size of past gradients
 * @param sign that of rules whose steps have the same length in every direction
 */
record UsualRate(double adaptive, double sign) {
  /** For networks that normalise. */
  static final UsualRate LARGE = new UsualRate(0.003, 0.0003);

  static final UsualRate SMALL = new UsualRate(0.001, 0.0001);

  private static final double PLAIN = 0.1;
  private static final double SCALED = 0.01;
  private static final double WHOLE = 1;

  /** The rate of the first rule that has one of its own. */
  double of(Pipeline pipeline) {
    return pipeline.stages().stream()
        .map(stage -> of(stage.rule()))
        .flatMap(Optional::stream)
        .findFirst()
        .orElse(PLAIN);
  }

  private Optional<Double> of(Rule rule) {
    return switch (rule) {
      case Adam _,
          AdamW _,
          AmsGrad _,
          AdamP _,
          NAdam _,
          RAdam _,
          AdaBelief _,
          RmsProp _,
          Lamb _,
          LambC _ ->
          Optional.of(adaptive);
      case Lion _ -> Optional.of(sign);
      case NovoGrad _, AdaGrad _, Arsg _ -> Optional.of(SCALED);
      case AdaDelta _, Lars _, Rsg _ -> Optional.of(WHOLE);
      default -> Optional.empty();
    };
  }
}

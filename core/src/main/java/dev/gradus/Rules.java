package dev.gradus;

import dev.gradus.equation.Equations;
import dev.gradus.equation.Pipeline;
import dev.gradus.equation.Rule;
import dev.gradus.equation.Shape;
import dev.gradus.equation.Stage;
import dev.gradus.rule.AdaBelief;
import dev.gradus.rule.AdaDelta;
import dev.gradus.rule.AdaGrad;
import dev.gradus.rule.Adam;
import dev.gradus.rule.AdamP;
import dev.gradus.rule.AdamW;
import dev.gradus.rule.AmsGrad;
import dev.gradus.rule.Arsg;
import dev.gradus.rule.Caution;
import dev.gradus.rule.Centralise;
import dev.gradus.rule.ClipAdaptive;
import dev.gradus.rule.ClipNorm;
import dev.gradus.rule.ClipTensor;
import dev.gradus.rule.ClipValue;
import dev.gradus.rule.Decay;
import dev.gradus.rule.Hybrid;
import dev.gradus.rule.Lamb;
import dev.gradus.rule.LambC;
import dev.gradus.rule.Lars;
import dev.gradus.rule.Lion;
import dev.gradus.rule.Lookahead;
import dev.gradus.rule.Momentum;
import dev.gradus.rule.Multiplicative;
import dev.gradus.rule.NAdam;
import dev.gradus.rule.NovoGrad;
import dev.gradus.rule.Project;
import dev.gradus.rule.RAdam;
import dev.gradus.rule.Remote;
import dev.gradus.rule.RmsProp;
import dev.gradus.rule.Rsg;
import dev.gradus.rule.Sgd;
import dev.gradus.rule.SgdP;
import dev.gradus.rule.SparseSgd;
import dev.gradus.rule.TrustRatio;
import dev.gradus.rule.UnitRows;
import dev.gradus.rule.WeightAverage;
import dev.gradus.schedule.Schedules;
import dev.gradus.text.Catalogue;
import java.util.List;

/** The catalogue of update rules and the door from text to pipelines. */
public final class Rules {
  /**
   * Rules that belong together.
   *
   * @param heading what they are
   * @param rules the record classes
   */
  public record Section(String heading, List<Class<? extends Rule>> rules) {
    /** Copies the list. */
    public Section {
      rules = List.copyOf(rules);
    }
  }

  /** Every rule that text may name; a new rule is one line here. */
  public static final List<Section> SECTIONS =
      List.of(
          new Section(
              "Optimizers",
              List.of(
                  Sgd.class,
                  Adam.class,
                  AdamW.class,
                  AmsGrad.class,
                  NAdam.class,
                  RAdam.class,
                  RmsProp.class,
                  AdaGrad.class,
                  AdaDelta.class,
                  AdaBelief.class,
                  Lion.class,
                  AdamP.class,
                  SgdP.class,
                  SparseSgd.class,
                  NovoGrad.class,
                  Rsg.class,
                  Arsg.class,
                  Lars.class,
                  Lamb.class,
                  LambC.class)),
          new Section(
              "Stages that change the step",
              List.of(
                  Momentum.class,
                  Remote.class,
                  Hybrid.class,
                  Multiplicative.class,
                  Project.class,
                  Caution.class,
                  TrustRatio.class,
                  Decay.class,
                  Centralise.class,
                  ClipValue.class,
                  ClipTensor.class,
                  ClipNorm.class,
                  ClipAdaptive.class)),
          new Section(
              "Stages that change the new weight",
              List.of(UnitRows.class, Lookahead.class, WeightAverage.class)));

  /** The rules by their names. */
  public static final Catalogue<Rule> CATALOGUE =
      new Catalogue<>(
          "rule",
          Rule.class,
          SECTIONS.stream().flatMap(section -> section.rules().stream()).toList(),
          Schedules.CATALOGUE);

  private static final Shape ANY_MATRIX = Shape.of(2, 2);

  private Rules() {}

  /**
   * Reads a pipeline.
   *
   * @param text rules joined by {@code |}, such as {@code clip-norm(1) | adamp | unit-rows}
   * @return the pipeline; printing it gives text that parses back to an equal one
   * @throws UserException pointing at the character where reading stopped, or saying why the rules
   *     can't stand in this order
   */
  public static Pipeline parse(String text) {
    var pipeline =
        new Pipeline(
            CATALOGUE.pipeline(text).stream()
                .map(entry -> new Stage(entry.name(), entry.record(), entry.label()))
                .toList());
    Equations.of(pipeline, ANY_MATRIX);
    return pipeline;
  }

  /**
   * What is doubtful about a pipeline although it can be built.
   *
   * @param pipeline any pipeline
   * @return a sentence for each doubt
   */
  public static List<String> doubts(Pipeline pipeline) {
    return new Doubts(pipeline).all();
  }
}

package dev.gradus.cli;

import dev.gradus.cli.model.CharLstm;
import dev.gradus.cli.model.LeNet;
import dev.gradus.cli.model.Mlp;
import dev.gradus.cli.model.Model;
import dev.gradus.cli.model.ResNet20;
import dev.gradus.djl.data.DataSet;
import dev.gradus.djl.data.Task;
import dev.gradus.equation.Pipeline;
import dev.gradus.equation.Rule;
import dev.gradus.rule.Adam;
import dev.gradus.rule.AdamP;
import dev.gradus.rule.AdamW;
import java.util.List;

/** What is taken when the user does not choose. */
final class Usual {
  private static final double ADAPTIVE_RATE = 0.001;
  private static final double PLAIN_RATE = 0.1;
  private static final int SMALLEST_FOR_CONVOLUTIONS = 16;

  private Usual() {}

  /** Rules that divide by the size of past gradients make steps of about the learning rate. */
  static double learningRate(Pipeline pipeline) {
    return pipeline.stages().stream().anyMatch(stage -> isAdaptive(stage.rule()))
        ? ADAPTIVE_RATE
        : PLAIN_RATE;
  }

  private static boolean isAdaptive(Rule rule) {
    return rule instanceof Adam || rule instanceof AdamW || rule instanceof AdamP;
  }

  static Model model(DataSet data) {
    return data.task() instanceof Task.NextToken
        ? new CharLstm()
        : model(data.train().inputShape());
  }

  private static Model model(List<Long> shape) {
    if (shape.size() != 3 || Math.min(shape.get(1), shape.get(2)) < SMALLEST_FOR_CONVOLUTIONS) {
      return new Mlp();
    }
    return shape.getFirst() == 1 ? new LeNet() : new ResNet20();
  }
}

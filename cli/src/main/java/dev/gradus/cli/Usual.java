package dev.gradus.cli;

import dev.gradus.cli.model.CharLstm;
import dev.gradus.cli.model.LeNet;
import dev.gradus.cli.model.Mlp;
import dev.gradus.cli.model.Model;
import dev.gradus.cli.model.ResNet20;
import dev.gradus.djl.Training;
import dev.gradus.djl.data.Augmentation;
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
  private static final double NORMALISED_RATE = 0.003;
  private static final int SMALL_IMAGE = 16;
  private static final int SMALL_SET = 5_000;

  private Usual() {}

  /**
   * Rules that divide by the size of past gradients make steps of about the learning rate; networks
   * for images normalise, and bear larger ones.
   */
  static double learningRate(Pipeline pipeline, DataSet data) {
    if (pipeline.stages().stream().noneMatch(stage -> isAdaptive(stage.rule()))) {
      return PLAIN_RATE;
    }
    return isImage(data.train().inputShape()) ? NORMALISED_RATE : ADAPTIVE_RATE;
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
    if (!isImage(shape)) {
      return new Mlp();
    }
    if (isSmallImage(shape)) {
      return new LeNet(32, 0);
    }
    return shape.getFirst() == 1 ? new LeNet() : new ResNet20();
  }

  private static boolean isImage(List<Long> shape) {
    return shape.size() == 3;
  }

  private static boolean isSmallImage(List<Long> shape) {
    return isImage(shape) && Math.min(shape.get(1), shape.get(2)) < SMALL_IMAGE;
  }

  /** A pixel more or less changes no small picture's meaning; a mirror might. */
  static Augmentation augmentation(DataSet data) {
    return isSmallImage(data.train().inputShape())
        ? new Augmentation.Crop()
        : new Augmentation.None();
  }

  /** Small sets need more rounds. */
  static int epochs(DataSet data) {
    return data.train().size() < SMALL_SET ? 40 : 20;
  }

  /** Small sets need smaller batches for as many steps. */
  static int batch(DataSet data) {
    return data.train().size() < SMALL_SET ? Training.DEFAULT_BATCH / 2 : Training.DEFAULT_BATCH;
  }
}

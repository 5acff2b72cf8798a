package dev.gradus.cli;

import dev.gradus.djl.Training;
import dev.gradus.djl.data.Augmentation;
import dev.gradus.djl.data.DataSet;
import dev.gradus.djl.data.Task;
import dev.gradus.djl.model.CharLstm;
import dev.gradus.djl.model.LeNet;
import dev.gradus.djl.model.Mlp;
import dev.gradus.djl.model.Model;
import dev.gradus.djl.model.ResNet20;
import dev.gradus.equation.Pipeline;
import java.util.List;

/** What is taken when the user does not choose. */
final class Usual {
  static final int EPOCHS = 20;
  static final int EPOCHS_OF_SMALL_SETS = 40;
  static final int BATCH = Training.DEFAULT_BATCH;
  static final int BATCH_OF_SMALL_SETS = BATCH / 2;

  private static final int SMALL_IMAGE = 16;
  private static final int SMALL_SET = 5_000;

  private Usual() {}

  /** Networks for images normalise, and bear larger rates. */
  static double learningRate(Pipeline pipeline, DataSet data) {
    boolean image = isImage(data.train().inputShape());
    return (image ? UsualRate.LARGE : UsualRate.SMALL).of(pipeline);
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
    return data.train().size() < SMALL_SET ? EPOCHS_OF_SMALL_SETS : EPOCHS;
  }

  /** Small sets need smaller batches for as many steps. */
  static int batch(DataSet data) {
    return data.train().size() < SMALL_SET ? BATCH_OF_SMALL_SETS : BATCH;
  }
}

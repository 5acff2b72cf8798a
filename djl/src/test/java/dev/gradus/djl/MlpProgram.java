package dev.gradus.djl;

import ai.djl.Model;
import ai.djl.basicmodelzoo.basic.Mlp;
import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Parameter;
import ai.djl.training.DefaultTrainingConfig;
import ai.djl.training.Trainer;
import ai.djl.training.loss.Loss;
import ai.djl.training.optimizer.Optimizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Function;

/**
 * A training program as DJL's examples write it: their perceptron, their trainer, their loss. The
 * data are ten drawn images with noise, a pure function of the step.
 */
final class MlpProgram implements AutoCloseable {
  private static final int PIXELS = 28 * 28;
  private static final int CLASSES = 10;
  private static final int BATCH = 32;
  private static final float[][] IMAGES = images();

  private final Model model = Model.newInstance("mlp");
  private final Trainer trainer;

  /** A program with the initial weights of every other. */
  MlpProgram(Function<Model, Optimizer> optimizer) {
    Torch.load();
    Torch.useThreads(1);
    model.setBlock(new Mlp(PIXELS, CLASSES, new int[] {24, 16}));
    trainer = newTrainer(optimizer.apply(model));
  }

  /** One more trainer over the same model. */
  Trainer newTrainer(Optimizer optimizer) {
    Trainer made =
        model.newTrainer(
            new DefaultTrainingConfig(Loss.softmaxCrossEntropyLoss()).optOptimizer(optimizer));
    Engine.getInstance().setRandomSeed(11);
    made.initialize(new Shape(BATCH, PIXELS));
    return made;
  }

  private static float[][] images() {
    var random = new Random(3);
    var images = new float[CLASSES][PIXELS];
    for (float[] image : images) {
      draw(random, image);
    }
    return images;
  }

  private static void draw(Random random, float[] image) {
    for (int i = 0; i < image.length; i++) {
      image[i] = random.nextFloat();
    }
  }

  Trainer trainer() {
    return trainer;
  }

  List<Parameter> parameters() {
    return model.getBlock().getParameters().values();
  }

  /** Takes some steps and returns the loss before each. */
  List<Float> run(int first, int count) {
    return run(trainer, first, count);
  }

  /** The same by another trainer of this program. */
  List<Float> run(Trainer by, int first, int count) {
    var losses = new ArrayList<Float>();
    for (int step = first; step < first + count; step++) {
      losses.add(backward(by, step));
      by.step();
    }
    return losses;
  }

  /** Leaves the gradients of a step in the parameters. */
  float backward(int step) {
    return backward(trainer, step);
  }

  private static float backward(Trainer trainer, int step) {
    var random = new Random(step);
    var labels = new float[BATCH];
    var pixels = new float[BATCH * PIXELS];
    for (int i = 0; i < BATCH; i++) {
      int label = random.nextInt(CLASSES);
      labels[i] = label;
      for (int k = 0; k < PIXELS; k++) {
        pixels[i * PIXELS + k] = IMAGES[label][k] + random.nextFloat() * 2;
      }
    }
    try (NDManager manager = trainer.getManager().newSubManager();
        var collector = trainer.newGradientCollector()) {
      var input = new NDList(manager.create(pixels, new Shape(BATCH, PIXELS)));
      var target = new NDList(manager.create(labels));
      NDArray loss = trainer.getLoss().evaluate(target, trainer.forward(input));
      collector.backward(loss);
      return loss.getFloat();
    }
  }

  /** All weights one after the other. */
  List<float[]> weights() {
    return parameters().stream().map(p -> p.getArray().toFloatArray()).toList();
  }

  @Override
  public void close() {
    trainer.close();
    model.close();
  }
}

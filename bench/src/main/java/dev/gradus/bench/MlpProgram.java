package dev.gradus.bench;

import ai.djl.Model;
import ai.djl.basicmodelzoo.basic.Mlp;
import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.DefaultTrainingConfig;
import ai.djl.training.Trainer;
import ai.djl.training.loss.Loss;
import ai.djl.training.optimizer.Optimizer;
import dev.gradus.djl.data.Examples;
import java.util.function.Function;

/** A training program as DJL's examples write it, with their perceptron for images of 28×28. */
final class MlpProgram implements AutoCloseable {
  private static final int BATCH = 32;
  private static final int CLASSES = 10;
  private static final int SEED = 11;

  private final Model model = Model.newInstance("mlp");
  private final Examples examples;
  private final Trainer trainer;

  /**
   * @param examples the data, taken in order and over again
   * @param optimizer makes the optimizer of a model
   */
  MlpProgram(Examples examples, Function<Model, Optimizer> optimizer) {
    this.examples = examples;
    model.setBlock(new Mlp(examples.inputLength(), CLASSES, new int[] {128, 64}));
    trainer =
        model.newTrainer(
            new DefaultTrainingConfig(Loss.softmaxCrossEntropyLoss())
                .optOptimizer(optimizer.apply(model)));
    Engine.getInstance().setRandomSeed(SEED);
    trainer.initialize(new Shape(BATCH, examples.inputLength()));
  }

  /** Computes the gradients of a step and returns the loss. */
  float backward(int step) {
    int length = examples.inputLength();
    var pixels = new float[BATCH * length];
    var labels = new float[BATCH];
    for (int i = 0; i < BATCH; i++) {
      int example = Math.floorMod(step * BATCH + i, examples.size());
      examples.input(example, pixels, i * length);
      examples.target(example, labels, i);
    }
    try (var manager = trainer.getManager().newSubManager();
        var collector = trainer.newGradientCollector()) {
      var input = new NDList(manager.create(pixels, new Shape(BATCH, length)));
      var target = new NDList(manager.create(labels));
      NDArray loss = trainer.getLoss().evaluate(target, trainer.forward(input));
      collector.backward(loss);
      return loss.getFloat();
    }
  }

  void step() {
    trainer.step();
  }

  @Override
  public void close() {
    trainer.close();
    model.close();
  }
}

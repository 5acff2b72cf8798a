package dev.gradus.djl.torch;

import ai.djl.Model;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.jni.JniUtils;
import ai.djl.training.DefaultTrainingConfig;
import ai.djl.training.Trainer;
import ai.djl.training.loss.Loss;
import dev.gradus.Group;
import dev.gradus.djl.Network;
import dev.gradus.djl.TrainerOptimizer;
import java.util.ArrayList;
import java.util.List;

/** A DJL program that trains the network of the fixture. */
final class Program implements AutoCloseable {
  private final Model model = Model.newInstance("net", "PyTorch");
  private final TrainerOptimizer optimizer;
  private final Trainer trainer;
  private final Network network;

  Program(Group... groups) {
    JniUtils.setNumThreads(1);
    model.setBlock(Fixture.block());
    var builder = TrainerOptimizer.of(model);
    List.of(groups).forEach(builder::group);
    optimizer = builder.build();
    trainer =
        model.newTrainer(
            new DefaultTrainingConfig(Loss.softmaxCrossEntropyLoss()).optOptimizer(optimizer));
    trainer.initialize(new Shape(1).addAll(new Shape(Fixture.INPUT)));
    network = Network.of(model);
  }

  Network network() {
    return network;
  }

  dev.gradus.Optimizer optimizer() {
    return optimizer.optimizer();
  }

  /** Takes some steps and returns the loss before each. */
  List<Double> train(int first, int last) {
    var losses = new ArrayList<Double>();
    for (int step = first; step < last; step++) {
      losses.add(step(step));
    }
    return losses;
  }

  private double step(int step) {
    try (var manager = trainer.getManager().newSubManager();
        var collector = trainer.newGradientCollector()) {
      var shape = new Shape(Fixture.BATCH).addAll(new Shape(Fixture.INPUT));
      var inputs = new NDList(manager.create(Fixture.images(step), shape));
      var targets = new NDList(manager.create(Fixture.targets(step)));
      var loss = trainer.getLoss().evaluate(targets, trainer.forward(inputs));
      collector.backward(loss);
      trainer.step();
      return loss.getFloat();
    }
  }

  @Override
  public void close() {
    trainer.close();
    optimizer.close();
    model.close();
  }
}

package dev.gradus.examples;

import ai.djl.Model;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.DefaultTrainingConfig;
import ai.djl.training.EasyTrain;
import ai.djl.training.evaluator.Accuracy;
import ai.djl.training.listener.TrainingListener;
import ai.djl.training.loss.Loss;
import ai.djl.translate.TranslateException;
import dev.gradus.djl.TrainerOptimizer;
import java.io.IOException;

/** A training program of DJL in which one line is new: the one with {@code optOptimizer}. */
public final class DropIn {
  private DropIn() {}

  /**
   * Trains and prints the accuracy.
   *
   * @param arguments how many epochs; 20 unless given
   */
  public static void main(String[] arguments) throws IOException, TranslateException {
    int epochs = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 20;
    try (var model = Model.newInstance("spirals")) {
      model.setBlock(Spirals.network());
      var config =
          new DefaultTrainingConfig(Loss.softmaxCrossEntropyLoss())
              .addEvaluator(new Accuracy())
              .addTrainingListeners(TrainingListener.Defaults.basic())
              .optOptimizer(TrainerOptimizer.of(model, "clip-norm(1) | adamp", 1e-2));
      try (var trainer = model.newTrainer(config)) {
        trainer.initialize(new Shape(1, 2));
        EasyTrain.fit(
            trainer,
            epochs,
            Spirals.points(model.getNDManager(), 600, 1),
            Spirals.points(model.getNDManager(), 150, 2));
        var accuracy = trainer.getTrainingResult().getValidateEvaluation("Accuracy");
        System.out.printf("accuracy %.3f%n", accuracy);
      }
    }
  }
}

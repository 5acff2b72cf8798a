package dev.gradus.examples.kotlin

import ai.djl.Model
import ai.djl.ndarray.types.Shape
import ai.djl.training.DefaultTrainingConfig
import ai.djl.training.EasyTrain
import ai.djl.training.evaluator.Accuracy
import ai.djl.training.listener.TrainingListener
import ai.djl.training.loss.Loss
import dev.gradus.djl.TrainerOptimizer
import dev.gradus.examples.Spirals

/** A training program of DJL in which one line is new: the one with `optOptimizer`. */
object DropIn {
    /** Trains for some epochs, 20 unless told otherwise, and prints the accuracy. */
    @JvmStatic
    fun main(arguments: Array<String>) {
        val epochs = arguments.firstOrNull()?.toInt() ?: 20
        Model.newInstance("spirals").use { model ->
            model.block = Spirals.network()
            val config =
                DefaultTrainingConfig(Loss.softmaxCrossEntropyLoss())
                    .addEvaluator(Accuracy())
                    .addTrainingListeners(*TrainingListener.Defaults.basic())
                    .optOptimizer(TrainerOptimizer.of(model, "clip-norm(1) | adamp", 1e-2))
            model.newTrainer(config).use { trainer ->
                trainer.initialize(Shape(1, 2))
                EasyTrain.fit(
                    trainer,
                    epochs,
                    Spirals.points(model.ndManager, 600, 1),
                    Spirals.points(model.ndManager, 150, 2),
                )
                println("accuracy %.3f".format(trainer.trainingResult.getValidateEvaluation("Accuracy")))
            }
        }
    }
}

package dev.gradus.examples.kotlin

import ai.djl.ndarray.NDManager
import dev.gradus.Group
import dev.gradus.Rules
import dev.gradus.djl.Checkpoints
import dev.gradus.djl.DjlExamples
import dev.gradus.djl.EarlyStopping
import dev.gradus.djl.Evaluation
import dev.gradus.djl.Loss
import dev.gradus.djl.Network
import dev.gradus.djl.Training
import dev.gradus.djl.TrainingEvent
import dev.gradus.djl.data.DataSet
import dev.gradus.djl.data.Task
import dev.gradus.examples.Spirals
import dev.gradus.schedule.Schedules
import java.nio.file.Path

/**
 * A run of our own loop: validation, early stopping, checkpoints, a listener. Kill it at any moment
 * and start it again: it goes on where it was and ends with the same bits.
 */
object OwnLoop {
    /** Trains in a folder, for at most so many epochs, 200 unless told otherwise. */
    @JvmStatic
    fun main(arguments: Array<String>) {
        val folder = Path.of(arguments[0])
        val epochs = arguments.getOrNull(1)?.toInt() ?: 200
        NDManager.newBaseManager().use { manager ->
            Network.of("spirals", Spirals.network()).use { network -> train(network, data(manager), folder, epochs) }
        }
    }

    private fun train(network: Network, data: DataSet, folder: Path, epochs: Int) {
        val result =
            Training.of(network, data)
                .group(Group.all(Rules.parse("clip-norm(1) | adamp"), 1e-2).withSchedule(Schedules.parse("cosine")))
                .batch(32)
                .epochs(epochs)
                .earlyStopping(EarlyStopping.after(15))
                .checkpoints(Checkpoints.`in`(folder.resolve("checkpoints")).resuming())
                .listener(::tell)
                .run()
        println("${result.outcome()} after ${result.epochs()} epochs, best epoch ${result.bestEpoch() + 1}, test ${result.test()}")
        val evaluation = Evaluation(network, data.task(), Loss.of(data.task()), 32)
        println("validation again ${evaluation.of(data.validation())}")
    }

    private fun tell(event: TrainingEvent) {
        if (event is TrainingEvent.EpochDone && event.best()) {
            println("epoch ${event.epoch() + 1}: ${event.validation()}")
        }
    }

    private fun data(manager: NDManager) =
        DataSet.of(
            "spirals",
            Task.Classification(Spirals.ARMS),
            DjlExamples.of(Spirals.points(manager, 600, 1)),
            DjlExamples.of(Spirals.points(manager, 150, 2)),
            DjlExamples.of(Spirals.points(manager, 150, 3)),
        )
}

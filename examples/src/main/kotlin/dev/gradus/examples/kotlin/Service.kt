package dev.gradus.examples.kotlin

import ai.djl.Model
import ai.djl.inference.Predictor
import ai.djl.modality.Classifications
import ai.djl.ndarray.NDList
import ai.djl.translate.Batchifier
import ai.djl.translate.Translator
import ai.djl.translate.TranslatorContext
import dev.gradus.djl.Network
import dev.gradus.djl.Trained
import dev.gradus.examples.Spirals
import java.lang.foreign.Arena
import java.nio.file.Path

/**
 * What a service does with a run of [OwnLoop]: the best epoch's weights go into a DJL model, whose
 * predictors answer. One model serves all threads; a predictor serves one.
 */
class Service(folder: Path) : AutoCloseable {
    private val model = Model.newInstance("spirals")

    init {
        model.block = Spirals.network()
        Arena.ofConfined().use { arena ->
            Trained.best(folder.resolve("checkpoints"), arena, System.err::println).into(Network.of(model))
        }
    }

    /** A predictor for one thread, to be closed. */
    fun newPredictor(): Predictor<FloatArray, Classifications> = model.newPredictor(Points)

    override fun close() = model.close()

    /** From two coordinates to probabilities. */
    private object Points : Translator<FloatArray, Classifications> {
        override fun processInput(context: TranslatorContext, point: FloatArray) =
            NDList(context.ndManager.create(point))

        override fun processOutput(context: TranslatorContext, outputs: NDList) =
            Classifications(Spirals.ARMS, outputs.singletonOrThrow().softmax(0))

        override fun getBatchifier(): Batchifier = Batchifier.STACK
    }

    companion object {
        /** Answers for two points with a run in a folder. */
        @JvmStatic
        fun main(arguments: Array<String>) {
            Service(Path.of(arguments[0])).use { service ->
                service.newPredictor().use { predictor ->
                    for ((x, y) in listOf(0.16f to 0.47f, -0.49f to -0.1f)) {
                        val answer = predictor.predict(floatArrayOf(x, y))
                        println("($x, $y) is on the ${answer.best<Classifications.Classification>().className} arm")
                    }
                }
            }
        }
    }
}

package dev.gradus.djl.array;

import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import dev.gradus.engine.StepFacts;

/**
 * What the tensors of a step share.
 *
 * @param facts the numbers known before the step
 * @param model the folds over the model
 * @param manager makes arrays on the engine's device
 * @param type the type that the engine computes in
 * @param cells single numbers as operands
 */
record StepContext(
    StepFacts facts, ModelValues model, NDManager manager, DataType type, Cells cells) {}

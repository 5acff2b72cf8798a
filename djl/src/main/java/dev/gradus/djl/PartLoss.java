package dev.gradus.djl;

import ai.djl.ndarray.NDArray;

/**
 * The loss of some examples as a share in the mean loss of their batch.
 *
 * @param value the share
 * @param sum the same as an array without dimensions, from which gradients can be collected
 */
public record PartLoss(double value, NDArray sum) {}

/**
 * Networks by name: {@code mlp}, {@code lenet-bn}, {@code resnet20}, {@code vgg-bn}, {@code
 * char-lstm}.
 *
 * <p>A {@link dev.gradus.djl.model.Model} is a record whose components are its options, read from
 * text such as {@code "lenet-bn(width=32, dropout=0.1)"} by {@link dev.gradus.djl.model.Models}. It
 * builds a {@link dev.gradus.djl.Network} that fits the data's inputs and task. Every convolution
 * and hidden linear layer before a normalisation has no bias, because the normalisation would take
 * it away again, and the network tells the names of those weights.
 */
@NullMarked
package dev.gradus.djl.model;

import org.jspecify.annotations.NullMarked;

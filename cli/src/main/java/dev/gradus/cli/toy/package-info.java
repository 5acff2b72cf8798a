/**
 * Optimizers on functions of two weights, to be looked at.
 *
 * <p>A {@link dev.gradus.cli.toy.Landscape} is a function with its gradient, a {@link
 * dev.gradus.cli.toy.Walk} is the way of an optimizer over it, and {@link
 * dev.gradus.cli.toy.LandscapeChart} draws both. {@code Walk} is also the shortest example of an
 * optimizer used without a deep-learning engine: weights and gradients are plain native memory.
 */
@NullMarked
package dev.gradus.cli.toy;

import org.jspecify.annotations.NullMarked;

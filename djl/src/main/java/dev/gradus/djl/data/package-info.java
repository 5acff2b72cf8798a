/**
 * What a training run reads: examples, their split into three parts, their order and their
 * variation. Plain Java, no array of any engine.
 *
 * <p>A {@link dev.gradus.djl.data.DataSet} holds three {@link dev.gradus.djl.data.Examples}: {@code
 * train} is learned from, {@code validation} is what everything is chosen on, {@code test} is read
 * once, at the end. A {@link dev.gradus.djl.data.Task} says what the targets mean.
 *
 * <p>Everything random is a pure function of numbers that a checkpoint holds:
 *
 * <ul>
 *   <li>the order of an epoch, {@link dev.gradus.djl.data.DataOrder}: of (seed, epoch);
 *   <li>the variation of an image, {@link dev.gradus.djl.data.Augmentation}: of (seed, epoch,
 *       index);
 *   <li>the split, {@link dev.gradus.djl.data.Split}: of the seed it states.
 * </ul>
 *
 * <p>All of them draw from {@link dev.gradus.djl.data.SplitMix64}, so a resumed run sees the same
 * bits on any machine. A {@link dev.gradus.djl.data.Fingerprint} tells whether a resumed run was
 * given the same data.
 */
@NullMarked
package dev.gradus.djl.data;

import org.jspecify.annotations.NullMarked;

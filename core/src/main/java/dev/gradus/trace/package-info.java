/**
 * Recorded runs of optimizers: what they were given, in the vocabulary in which the golden traces
 * name methods, options and states, and what Gradus makes of the same inputs.
 *
 * <p>A {@link dev.gradus.trace.Trace} holds the inputs: a method with its options, the weights at
 * the start, and for each step the gradients and what was changed before it. {@link
 * dev.gradus.trace.Methods} turns the method and its options into a pipeline; {@link
 * dev.gradus.trace.Replay} feeds the recorded gradients to it, step by step, in any engine. How a
 * trace is stored in a file is no matter of this package.
 */
@NullMarked
package dev.gradus.trace;

import org.jspecify.annotations.NullMarked;

/**
 * Measurements that back every figure of speed in the documentation.
 *
 * <ul>
 *   <li>{@link dev.gradus.bench.Ratios} compares contestants who take turns in short rounds: by
 *       hand, generated, only streaming. It prints Markdown tables and is right on busy machines.
 *   <li>The classes named {@code …Benchmark} are for JMH: times in JVMs of their own.
 *   <li>{@link dev.gradus.bench.Allocations} counts the bytes that a step allocates.
 * </ul>
 *
 * <p>Contestants in one JVM work on the same weights, gradients and states, so that they differ in
 * nothing but their code. Another contestant is an {@link dev.gradus.bench.Entrant} that {@link
 * dev.gradus.bench.Setting} knows how to build; another comparison is an entry of {@link
 * dev.gradus.bench.Comparisons}.
 */
@NullMarked
package dev.gradus.bench;

import org.jspecify.annotations.NullMarked;

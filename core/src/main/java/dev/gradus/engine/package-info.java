/**
 * What carries equations out. Engines know expressions and plans, and no update rule.
 *
 * <ul>
 *   <li>{@link dev.gradus.engine.ReferenceEngine}: the pure equations in double, obvious and slow.
 *       The judge in every test.
 *   <li>{@link dev.gradus.engine.NativeEngine}: planned passes over native memory in single
 *       precision, each pass one generated loop of vector instructions.
 * </ul>
 *
 * <p>Memory of one tensor during a step of the native engine:
 *
 * <pre>
 * weight   ┌────────────────────────────┐ the caller's, read and written in place
 * gradient ├────────────────────────────┤ the caller's, only read
 * m, v, …  ├────────────────────────────┤ the engine's, aligned to 64 bytes
 *          └─ segment ─┴─ segment ─┴────┘ each folds to one double; a row has whole segments
 * steps, … a few doubles per tensor or row, read before and written after the passes
 * </pre>
 *
 * <p>Folds add up lanes of a segment of at most 4096 weights in single precision, then lanes and
 * segments in double and in order. Which thread walks a segment makes no difference, so the result
 * has the same bits for any number of threads.
 */
@NullMarked
package dev.gradus.engine;

import org.jspecify.annotations.NullMarked;

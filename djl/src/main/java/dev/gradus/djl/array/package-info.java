/**
 * The equations of an optimizer as operations on DJL arrays, on whatever device they lie.
 *
 * <p>{@link dev.gradus.djl.array.NdArrayEngine} takes the place of the engine that walks native
 * memory where the host can't reach the numbers, or where they are not single precision.
 *
 * <pre>
 *   one number per step, model, tensor or row     doubles on the host
 *   one number per weight                         an array of (rows, columns) on the device
 *   fold of values per weight                     one reduction, whose result comes to the host
 * </pre>
 *
 * <p>A shared expression is computed once. Each value per weight knows how often it is still
 * needed: the last use of a value, or of a state that the step replaces anyway, computes in its
 * memory, so that {@code m′ = β m + (1 − β) g} needs one temporary array and ends where {@code m}
 * lies. Scalar factors that follow one another become one, on the host, in double.
 */
@NullMarked
package dev.gradus.djl.array;

import org.jspecify.annotations.NullMarked;

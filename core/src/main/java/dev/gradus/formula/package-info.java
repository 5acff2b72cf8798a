/**
 * Equations as people read them: derived from the expressions that engines compute, so that they
 * can't drift from the code.
 *
 * <p>{@link dev.gradus.formula.Formulas} cuts the graph of expressions into lines of a readable
 * length: next states carry their names with a prime, and what is used twice or is a scalar of some
 * length gets a name of its own. A {@link dev.gradus.formula.Notation} writes them down, as plain
 * text or as LaTeX.
 *
 * <p>Symbols: w weight, g gradient, η learning rate, t the tensor's count of steps and T the
 * optimizer's, n the length of a row, N the number of weights, s the schedule's multiplier; a prime
 * marks a value after the step; ‖·‖ is the norm over the tensor, ‖·‖ᵣ over a row.
 */
@NullMarked
package dev.gradus.formula;

import org.jspecify.annotations.NullMarked;

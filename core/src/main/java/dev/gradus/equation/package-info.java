/**
 * The language in which update rules are written.
 *
 * <p>An {@link dev.gradus.equation.Expression} is a value of one {@link dev.gradus.equation.Level}:
 * one number for the step, the model, a tensor or a row, or one number for every weight. Values of
 * a lower level broadcast to a higher one for free; only a fold (a sum or a maximum) comes down. A
 * {@link dev.gradus.equation.Rule} turns {@link dev.gradus.equation.Inputs} into an {@link
 * dev.gradus.equation.Update}; rules joined in a {@link dev.gradus.equation.Pipeline} become the
 * {@link dev.gradus.equation.Equations} of one tensor: what its weight and every state will be
 * after the step, as pure functions of what they were.
 *
 * <p>Nothing here loops over memory, knows a device, or knows any particular rule.
 */
@NullMarked
package dev.gradus.equation;

import org.jspecify.annotations.NullMarked;

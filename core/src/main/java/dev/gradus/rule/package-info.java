/**
 * The update rules, one file each. A rule is a record: its components are its options, its
 * constructor without arguments is the one source of their defaults, and its {@link
 * dev.gradus.equation.Rule#update} is the equations.
 *
 * <p>Symbols, the same in every file: w weight, g raw gradient, u the step so far, t the tensor's
 * step count from 1, a prime for a value after the step, ‖·‖ the Euclidean norm. Options carry the
 * field's standard names. A pipeline's step is multiplied by the learning rate once, after the last
 * rule that changes the step: w′ = w − learningRate × u.
 */
@NullMarked
package dev.gradus.rule;

import org.jspecify.annotations.NullMarked;

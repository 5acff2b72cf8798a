package dev.gradus.plan;

import dev.gradus.equation.Expression;
import dev.gradus.equation.Slot;

/**
 * A value written to memory for every weight.
 *
 * @param slot where it goes
 * @param value what is written
 */
public record Store(Slot slot, Expression value) {}

/**
 * From equations to passes over memory.
 *
 * <p>{@link dev.gradus.plan.Planner} reads the levels of a tensor's equations: every fold of a
 * value per weight must be complete before what depends on it can be computed, so it costs one more
 * pass. The result is a {@link dev.gradus.plan.Plan}, which says for each pass what is loaded,
 * folded and stored. Executing the passes in place gives the same values as the pure equations.
 *
 * <ul>
 *   <li>A slot is stored in the last pass that still reads its old value, not when its new value is
 *       ready.
 *   <li>A value that equals a stored next state is read back from that slot.
 *   <li>A value may be kept for a later pass in the slot it will end in, if nobody needs the slot's
 *       old value and fewer floats are moved.
 *   <li>A fold over the model has a name and a wave: the depth at which the last tensor has its
 *       part ready. Between waves every tensor runs its passes alone.
 *   <li>A select whose condition the host knows before the first pass chooses a plan.
 *   <li>Scalars are computed once and stored after the last pass, so their order never matters.
 * </ul>
 */
@NullMarked
package dev.gradus.plan;

import org.jspecify.annotations.NullMarked;

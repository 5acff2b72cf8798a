/**
 * How long steps take when several workers exchange gradients: a simulation of workers and links,
 * driven by times and sizes that were measured. A prediction and a simulation are the same thing
 * here, so there are no two models that could disagree.
 *
 * <p>{@link dev.gradus.scaling.Work} is what a worker does in a step, a {@link
 * dev.gradus.scaling.Team} of workers does it over a {@link dev.gradus.scaling.Link}, and {@link
 * dev.gradus.scaling.BreakEven} tells which links are slow enough for a scheme to pay.
 */
@NullMarked
package dev.gradus.scaling;

import org.jspecify.annotations.NullMarked;

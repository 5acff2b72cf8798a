/**
 * Numbers as people read them, in terminals and on pages.
 *
 * <p>{@link dev.gradus.cli.figure.Figures} is the one place that decides how many digits a metric,
 * a speed or a duration has.
 */
@NullMarked
package dev.gradus.cli.figure;

import org.jspecify.annotations.NullMarked;

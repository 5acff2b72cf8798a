/**
 * What a program imports: an optimizer over named parameters, its groups and its learning-rate
 * schedules.
 */
@NullMarked
package dev.gradus;

import org.jspecify.annotations.NullMarked;

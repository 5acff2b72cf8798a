/**
 * The training loop: a DJL network, its data and an optimizer of {@code dev.gradus}, step by step.
 */
@NullMarked
package dev.gradus.djl;

import org.jspecify.annotations.NullMarked;

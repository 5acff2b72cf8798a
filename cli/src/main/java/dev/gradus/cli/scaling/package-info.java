/**
 * What compressed gradients will gain, told before a run on several workers: a rehearsal measures
 * some steps of the network here, and a forecast predicts those of the run.
 */
@NullMarked
package dev.gradus.cli.scaling;

import org.jspecify.annotations.NullMarked;

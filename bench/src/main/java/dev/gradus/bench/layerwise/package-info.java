/**
 * A rival of block-ADMM for one table: layer-wise ADMM over the whole training part. {@link
 * dev.gradus.bench.layerwise.LayerwiseRuns} is the program.
 */
@NullMarked
package dev.gradus.bench.layerwise;

import org.jspecify.annotations.NullMarked;

/**
 * What happens in a training, for programs that draw it: listeners that write the formats of
 * others.
 */
@NullMarked
package dev.gradus.djl.telemetry;

import org.jspecify.annotations.NullMarked;

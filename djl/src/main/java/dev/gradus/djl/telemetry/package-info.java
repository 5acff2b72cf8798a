/**
 * What happens in a training, for programs that draw or keep it. {@link
 * dev.gradus.djl.telemetry.MetricsLog} writes every step as a line of JSON, {@link
 * dev.gradus.djl.telemetry.EpochTable} a table of epochs as CSV, {@link
 * dev.gradus.djl.telemetry.TensorBoard} the files that TensorBoard reads, {@link
 * dev.gradus.djl.telemetry.RateLog} the learning rates of training instances. All of them go on
 * where they were when a run is resumed. A listener that cannot write ends the run with a sentence.
 */
@NullMarked
package dev.gradus.djl.telemetry;

import org.jspecify.annotations.NullMarked;
